using S3Cassandra.Functional.Tests;

[assembly: AssemblyFixture(typeof(ServerFixture))]
