using S3Cassandra.Support.Cassandra;

[assembly: AssemblyFixture(typeof(SharedCassandra))]
