using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Hosting;

public class SecretTests
{
    [Fact]
    public void The_root_key_is_made_once_and_kept_for_its_owner_alone()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder.Path);
        var made = RootKey.Load(options);
        Assert.True(made.IsNew);
        Assert.Equal((20, 40), (made.Id.Length, made.Secret.Length));
        Assert.Equal(made with { IsNew = false }, RootKey.Load(options));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(folder[RootKey.FileName]));
        Assert.DoesNotContain(made.Secret, made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_others_may_read_is_refused()
    {
        using var folder = new TemporaryFolder();
        RootKey.Load(Options(folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder[RootKey.FileName], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        Assert.Contains("0600", Assert.Throws<ConfigurationException>(() => RootKey.Load(Options(folder.Path))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{ \"accessKeyId\": \"AKIAX\", \"secretAccessKey\": \"short\" }")]
    [InlineData("{ \"accessKeyId\": 5, \"secretAccessKey\": \"0123456789abcdef\" }")]
    public void A_key_file_that_is_none_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        SecretFile.Write(folder[RootKey.FileName], text);
        Assert.Throws<ConfigurationException>(() => RootKey.Load(Options(folder.Path)));
    }

    [Fact]
    public void Master_keys_are_made_once_and_may_be_put_before_the_others()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder.Path);
        var old = MasterKeyFile.Load(options).CreateForS3();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(folder[MasterKeyFile.FileName]));
        var path = folder[MasterKeyFile.FileName];
        SecretFile.Write(path, $"# newest first\nkey-2:{Convert.ToBase64String(new byte[32])}\n{SecretFile.Read(path)}");
        var rotated = MasterKeyFile.Load(options);
        Assert.Equal("key-2", rotated.CreateForS3().Encryption.MasterKeyId);
        Assert.NotNull(rotated.Open(old.Encryption));
    }

    [Theory]
    [InlineData("key-1")]
    [InlineData(":AAAA")]
    [InlineData("key-1:AAAA")]
    [InlineData("key-1:!!!!")]
    [InlineData("# nothing")]
    public void A_line_that_is_no_master_key_is_refused(string line)
    {
        using var folder = new TemporaryFolder();
        SecretFile.Write(folder[MasterKeyFile.FileName], line + "\n");
        Assert.Throws<ConfigurationException>(() => MasterKeyFile.Load(Options(folder.Path)));
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static ServerOptions Options(string folder) => new() { Listen = [], DataFolder = folder };
}
