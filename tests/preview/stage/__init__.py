"""A stage for the preview's page: a server that gives it films of any rate, with any hole, whose frames tell their own number."""
