using S3Cassandra.Cql.Cluster;

namespace S3Cassandra.Cql.Tests.Cluster;

public class ContactPointTests
{
    [Theory]
    [InlineData("cassandra1", "cassandra1", 9042)]
    [InlineData("cassandra1:9999", "cassandra1", 9999)]
    [InlineData("127.0.0.1", "127.0.0.1", 9042)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("::1", "::1", 9042)]
    [InlineData("[::1]", "::1", 9042)]
    [InlineData("[::1]:7", "::1", 7)]
    public void Hosts_and_ports_are_read(string text, string host, int port) => Assert.Equal(new ContactPoint(host, port), ContactPoint.Parse(text, 9042));

    [Theory]
    [InlineData("")]
    [InlineData(":9042")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:x")]
    public void Anything_else_is_refused(string text) => Assert.Throws<ArgumentException>(() => ContactPoint.Parse(text, 9042));

    [Fact]
    public async Task A_name_has_all_its_addresses()
    {
        var addresses = await new ContactPoint("localhost", 9042).ResolveAsync(TestContext.Current.CancellationToken);
        Assert.Contains(addresses, address => address.Address.Equals(System.Net.IPAddress.Loopback) && address.Port == 9042);
    }

    [Fact]
    public void Only_names_are_expected_in_certificates()
    {
        Assert.Equal("cassandra1", new ContactPoint("cassandra1", 1).CertificateName);
        Assert.Null(new ContactPoint("127.0.0.1", 1).CertificateName);
    }
}
