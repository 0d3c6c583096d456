"""An index in an OpenSearch cluster, for what outgrows one machine."""
