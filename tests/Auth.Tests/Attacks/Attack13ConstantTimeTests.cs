using System.Runtime.CompilerServices;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 13: a wrong signature tells nothing about the right one, by its time or by its answer.</summary>
public sealed class Attack13ConstantTimeTests
{
    public static TheoryData<string> Requests() => ["v4 header", "v4 query", "v2 header", "v2 query"];

    [Fact]
    public void Whoever_computes_a_mac_compares_it_in_constant_time()
    {
        var files = Directory.GetFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .Where(file => file.Text.Contains("HMACSHA", StringComparison.Ordinal) && file.Name != "SigningKey.cs")
            .ToList();
        Assert.Equal(["ChunkSignatures.cs", "ClaimV2.cs", "ClaimV4.cs", "FormClaimV2.cs", "FormClaimV4.cs"], files.Select(file => file.Name).Order(StringComparer.Ordinal));
        foreach (var (name, text) in files)
        {
            Assert.True(text.Contains("CryptographicOperations.FixedTimeEquals(", StringComparison.Ordinal), name);
            Assert.False(text.Contains(".SequenceEqual(", StringComparison.Ordinal), name);
            Assert.False(text.Contains("== mac", StringComparison.Ordinal), name);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_character_of_a_signature_counts(string kind)
    {
        var (request, signature) = Signed(kind);
        Verification.Of(request).Holds();
        for (var i = 0; i < signature.Length; i++)
        {
            var altered = signature.ToCharArray();
            altered[i] = altered[i] == 'a' ? 'b' : 'a';
            Verification.Of(Replace(request, signature, new string(altered))).Refused("SignatureDoesNotMatch");
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Signatures_of_another_length_or_alphabet_do_not_hold(string kind)
    {
        var (request, signature) = Signed(kind);
        string[] others =
        [
            "0", signature[..^1], signature + "a", signature.ToUpperInvariant() + "_",
            new string('é', signature.Length), new string('\u0161', signature.Length), "a" + new string('\u0000', signature.Length - 1),
        ];
        foreach (var other in others)
        {
            Verification.Of(Replace(request, signature, other)).Refused("SignatureDoesNotMatch");
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_answer_does_not_hold_the_right_signature_or_the_secret(string kind)
    {
        var (request, signature) = Signed(kind);
        var failure = Verification.Of(Replace(request, signature, new string('0', signature.Length))).Refused("SignatureDoesNotMatch");
        Assert.All(failure.Details, detail =>
        {
            Assert.DoesNotContain(signature, detail.Value, StringComparison.Ordinal);
            Assert.DoesNotContain(Keys.Secret, detail.Value, StringComparison.Ordinal);
        });
    }

    private static (TestRequest Request, string Signature) Signed(string kind)
    {
        var request = new TestRequest();
        switch (kind)
        {
            case "v4 header":
                new SignerV4().SignHeader(request);
                return (request, request.Headers["Authorization"]!.Split("Signature=")[1]);
            case "v4 query":
                new SignerV4().SignQuery(request);
                return (request, request.Query.Split("X-Amz-Signature=")[1]);
            case "v2 header":
                new SignerV2().SignHeader(request);
                return (request, request.Headers["Authorization"]!.Split(':')[1]);
            default:
                new SignerV2().SignQuery(request);
                return (request, Uri.UnescapeDataString(request.Query.Split("Signature=")[1]));
        }
    }

    private static TestRequest Replace(TestRequest request, string from, string to)
    {
        var copy = request.Copy();
        if (copy.Headers["Authorization"] is { } authorization)
        {
            copy.Headers["Authorization"] = authorization.Replace(from, to, StringComparison.Ordinal);
        }
        else
        {
            copy.Query = copy.Query.Replace(Percent.Encode(from), Percent.Encode(to), StringComparison.Ordinal);
        }

        return copy;
    }

    private static string SourceFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "src", "Auth"));
}
