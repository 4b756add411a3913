using System.Globalization;
using System.Text.Json;
using S3Cassandra.Auth.Tests.Support;
using S3Cassandra.Support;

namespace S3Cassandra.Auth.Tests.Clients;

/// <summary>
/// What botocore (V4 and V2, header and presigned), boto 2 (V2) and s3cmd (V4 and V2) sign is accepted: hundreds of made-up requests with
/// keys, queries and headers of every kind, and refused once altered. A failing seed is in the message.
/// </summary>
public sealed class ClientSignersTests
{
    private const int Rounds = 150;

    private const string Script = "import boto, botocore, S3.Crypto";

    [Fact]
    public async Task What_clients_sign_is_accepted()
    {
        var token = TestContext.Current.CancellationToken;
        var python = Prerequisite.Program("/usr/bin/python3", "python3");
        var import = await new Command(python, "-c", Script).RunAsync(token);
        Prerequisite.Require(import.ExitCode == 0, "python3-botocore, python3-boto or s3cmd is missing: apt-get install them");

        var seed = Random.Shared.Next();
        var script = Path.Combine(AppContext.BaseDirectory, "Clients", "sign.py");
        var output = await new Command(
            python, script, seed.ToString(CultureInfo.InvariantCulture), Rounds.ToString(CultureInfo.InvariantCulture), Keys.Id, Keys.Secret)
        {
            Environment = new Dictionary<string, string> { ["PYTHONIOENCODING"] = "utf-8", ["PYTHONWARNINGS"] = "ignore" },
        }.SucceedAsync(token);
        var requests = output.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<ClientRequest>(line)!)
            .ToList();
        Assert.Equal(7, requests.Select(request => request.Name).Distinct().Count());

        var now = DateTimeOffset.UtcNow;
        foreach (var request in requests)
        {
            var verification = Verification.Of(request.ToRequest(now));
            Assert.True(
                verification.IsValid,
                $"seed {seed}: {JsonSerializer.Serialize(request)}\n{verification.Failure?.Code} {verification.Failure?.Message}\n"
                + $"{verification.Detail("StringToSign")}\n{verification.Detail("CanonicalRequest")}");

            var altered = request.ToRequest(now);
            altered.Path += "x";
            Assert.False(Verification.Of(altered).IsValid);
        }
    }
}
