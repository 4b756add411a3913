using System.Collections;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Tests.Configuration;

public class SettingTests
{
    [Theory]
    [InlineData("--unheard", "--unheard")]
    [InlineData("--unheard=1", "--unheard")]
    [InlineData("stray", "stray")]
    [InlineData("--data", "--data")]
    [InlineData("--data a --data b", "--data")]
    [InlineData("--signature-v2 maybe", "--signature-v2")]
    [InlineData("--listen nowhere", "nowhere")]
    [InlineData("--listen 127.0.0.1", "127.0.0.1")]
    [InlineData("--listen 127.0.0.1:99999", "99999")]
    [InlineData("--listen 127.0.0.1:80 --listen 127.0.0.1:80", "twice")]
    [InlineData("--listen https://127.0.0.1:80", "--tls-certificate")]
    [InlineData("--listen 127.0.0.1:80 --admin-listen 127.0.0.1:80", "--admin-listen")]
    [InlineData("--admin-listen x", "--admin-listen")]
    [InlineData("--tls-certificate c.pem", "--tls-key")]
    [InlineData("--tls-key k.pem", "--tls-certificate")]
    [InlineData("--root-access-key AKIAEXAMPLE", "S3CASSANDRA_ROOT_SECRET_KEY")]
    [InlineData("--root-secret-key abcdefghijkl", "S3CASSANDRA_ROOT_ACCESS_KEY")]
    [InlineData("--root-access-key AKIAEXAMPLE --root-secret-key short", "secret")]
    [InlineData("--root-access-key minioadmin --root-secret-key minioadmin", "well-known")]
    [InlineData("--root-access-key AKIAIOSFODNN7EXAMPLE --root-secret-key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "--allow-sample-keys")]
    [InlineData("--root-access-key ownname --root-secret-key je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY", "--allow-sample-keys")]
    [InlineData("--domain bad_domain!", "--domain")]
    [InlineData("--region a/b", "--region")]
    [InlineData("--trusted-proxy everyone", "--trusted-proxy")]
    [InlineData("--header-time soon", "--header-time")]
    [InlineData("--header-time -1", "--header-time")]
    [InlineData("--header-count 0", "--header-count")]
    [InlineData("--config /nonexistent/file.json", "/nonexistent/file.json")]
    public void A_setting_that_cannot_be_is_named(string flags, string named)
    {
        var failure = Assert.Throws<ConfigurationException>(() => Bind(flags));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_in_no_message()
    {
        var failure = Assert.Throws<ConfigurationException>(() => Bind("--root-access-key AKIAEXAMPLE --root-secret-key s3cret!"));
        Assert.DoesNotContain("s3cret!", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--root-access-key AKIAIOSFODNN7EXAMPLE --root-secret-key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY --allow-sample-keys", true)]
    [InlineData("--root-access-key minioadmin --root-secret-key minioadmin --allow-sample-keys", true)]
    [InlineData("--root-access-key AKIAEXAMPLE --root-secret-key short --allow-sample-keys", true)]
    [InlineData("--root-access-key OWNKEY --root-secret-key own-secret-0123456789 --allow-sample-keys", false)]
    [InlineData("--allow-sample-keys", false)]
    public void The_sample_keys_of_AWS_are_let_in_where_asked_for(string flags, bool isSample) => Assert.Equal(isSample, Bind(flags).HasSampleRootKey);

    [Fact]
    public void An_unknown_variable_is_named_and_those_of_others_are_not_ours()
    {
        var failure = Assert.Throws<ConfigurationException>(() => Bind("", ("S3CASSANDRA_PROT", "1")));
        Assert.Contains("S3CASSANDRA_PROT", failure.Message, StringComparison.Ordinal);
        Bind("", ("PATH", "/bin"), ("S3CASSANDRA_TEST_SERVER", "x"), ("S3CASSANDRA_CRASH_POINT", "x"));
    }

    [Fact]
    public void Flags_win_over_the_environment_and_that_over_the_file()
    {
        using var file = new Support.TemporaryFolder();
        var path = Path.Combine(file.Path, "settings.json");
        File.WriteAllText(path, """
            { // comments may stand here
              "region": "from-file", "data": "/file", "domain": ["a.example", "b.example"], "signature-v2": false, "header-count": 100,
            }
            """);
        var options = Bind(
            $"--config {path} --region from-flag --allow-ssec-over-http",
            ("S3CASSANDRA_REGION", "from-environment"),
            ("S3CASSANDRA_DATA", "/environment"),
            ("S3CASSANDRA_TRUSTED_PROXY", "10.0.0.1, 192.168.0.0/16"));
        Assert.Equal("from-flag", options.Region);
        Assert.Equal("/environment", options.DataFolder);
        Assert.Equal(["a.example", "b.example"], options.Domains);
        Assert.False(options.SignatureV2);
        Assert.True(options.AllowSsecOverHttp);
        Assert.Equal(100, options.Limits.HeaderCount);
        Assert.Equal(2, options.TrustedProxies.Count);
    }

    [Theory]
    [InlineData("{ \"unheard\": 1 }", "unheard")]
    [InlineData("{ \"listen\": { } }", "listen")]
    [InlineData("{ \"data\": [\"a\", \"b\"] }", "data")]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    public void A_file_that_is_wrong_is_refused(string json, string named)
    {
        using var folder = new Support.TemporaryFolder();
        var path = Path.Combine(folder.Path, "settings.json");
        File.WriteAllText(path, json);
        Assert.Contains(named, Assert.Throws<ConfigurationException>(() => Bind($"--config {path}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_said_has_its_usual_value()
    {
        var options = Bind("");
        Assert.Equal("http://127.0.0.1:8080", Assert.Single(options.Listen).ToString());
        Assert.Equal(Path.GetFullPath("data"), options.DataFolder);
        Assert.True(options.SignatureV2);
        Assert.Null(options.AdminListen);
        Assert.Equal("us-east-1", options.Region);
        Assert.Equal("-", options.AccessLog);
    }

    [Theory]
    [InlineData(":9000", "0.0.0.0:9000")]
    [InlineData("*:9000", "0.0.0.0:9000")]
    [InlineData("localhost:0", "127.0.0.1:0")]
    [InlineData("[::1]:9000", "[::1]:9000")]
    [InlineData("http://10.0.0.1:80/", "10.0.0.1:80")]
    public void An_address_has_several_forms(string text, string endPoint) =>
        Assert.Equal(endPoint, Assert.Single(Bind($"--listen {text}").Listen).EndPoint.ToString());

    private static ServerOptions Bind(string flags, params (string Name, string Value)[] environment)
    {
        var variables = new Hashtable();
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return ServerOptionsBinder.Bind(SettingValues.Load(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), variables));
    }
}
