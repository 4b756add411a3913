using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>What is printed once the server is ready: where it listens, the key if it was just made, and lines to paste.</summary>
internal static class StartMessage
{
    public static async Task WriteAsync(TextWriter output, ServerHost host, ServerOptions options, RootKey root)
    {
        foreach (var address in host.Addresses)
        {
            await output.WriteLineAsync($"listening on {address}");
        }

        if (host.AdminAddress is { } admin)
        {
            await output.WriteLineAsync($"admin on {admin}");
        }

        if (root.IsNew)
        {
            await output.WriteLineAsync($"""

                A root access key was made. It is shown this once ("key show" prints it again):
                  access key id      {root.Id}
                  secret access key  {root.Secret}
                """);
        }

        var first = new Uri(host.Addresses[0]);
        var secret = root.IsNew ? root.Secret : "…";
        var certificate = first.Scheme == "https" ? "" : " --no-ssl";
        await output.WriteLineAsync($"""

            To paste:
              export AWS_ACCESS_KEY_ID={root.Id} AWS_SECRET_ACCESS_KEY={secret} AWS_DEFAULT_REGION={options.Region}
              aws --endpoint-url {first.GetLeftPart(UriPartial.Authority)} s3 mb s3://my-bucket
              s3cmd{certificate} --host={first.Authority} --host-bucket={first.Authority} --access_key=$AWS_ACCESS_KEY_ID --secret_key=$AWS_SECRET_ACCESS_KEY ls

            """);
        await output.FlushAsync();
    }
}
