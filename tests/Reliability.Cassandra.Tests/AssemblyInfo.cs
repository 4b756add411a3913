using S3Cassandra.Reliability.Cassandra.Tests;

[assembly: AssemblyFixture(typeof(ProxiedNodes))]
