using System.Collections;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Tests.Configuration;

public sealed class CassandraOptionsTests
{
    [Fact]
    public void Settings_of_Cassandra_are_bound()
    {
        var options = CassandraOptionsBinder.Bind(Load("--cassandra", "a:1", "--cassandra", "b", "--cassandra-ca", "ca.pem"))!;
        Assert.Equal(["a:1", "b"], options.ContactPoints);
        Assert.Equal(("s3", true, "ca.pem"), (options.Keyspace, options.Tls, options.TlsAuthorities));
        Assert.Null(CassandraOptionsBinder.Bind(Load()));
    }

    [Theory]
    [InlineData("--keyspace is given without --cassandra.", "--keyspace", "s3")]
    [InlineData("--data and --cassandra contradict each other", "--cassandra", "a", "--data", "x")]
    [InlineData("--cassandra-user is given without S3CASSANDRA_CASSANDRA_PASSWORD.", "--cassandra", "a", "--cassandra-user", "u")]
    [InlineData("--cassandra-ca is given with --cassandra-tls off.", "--cassandra", "a", "--cassandra-ca", "f", "--cassandra-tls", "off")]
    [InlineData("is not a keyspace's name", "--cassandra", "a", "--keyspace", "S3")]
    public void Settings_that_contradict_each_other_end_the_start(string reason, params string[] flags) =>
        Assert.Contains(
            reason, Assert.Throws<ConfigurationException>(() => CassandraOptionsBinder.Bind(Load(flags))).Message, StringComparison.Ordinal);

    private static SettingValues Load(params string[] flags) => SettingValues.Load(flags, new Hashtable());
}
