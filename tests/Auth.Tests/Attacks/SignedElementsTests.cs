using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>
/// Every element that a signature covers, altered in turn, in each of the four places of a credential: none verifies. Altered means one
/// character exchanged at each position, dropped, doubled or added.
/// </summary>
public sealed class SignedElementsTests
{
    private static readonly string[] Kinds = ["v4 header", "v4 query", "v2 header", "v2 query"];

    private static readonly string[] Methods = ["GET", "HEAD", "DELETE", "POST", "put", "PUTT", "OPTIONS", ""];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var kind in Kinds)
        {
            foreach (var name in Alterations(kind).Select(alteration => alteration.Name))
            {
                cases.Add(kind, name);
            }
        }

        return cases;
    }

    [Fact]
    public void There_are_hundreds_of_cases_in_each_place()
    {
        foreach (var kind in Kinds)
        {
            var names = Alterations(kind).Select(alteration => alteration.Name).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            Assert.True(names.Count > 100, $"{kind}: {names.Count}");
            Verification.Of(Signed(kind)).Holds();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_altered_element_does_not_verify(string kind, string alteration)
    {
        var request = Signed(kind);
        Alterations(kind).Single(candidate => candidate.Name == alteration).Apply(request);
        var verification = Verification.Of(request);
        Assert.False(verification.IsValid);
        Assert.False(verification.IsAnonymous);
        Assert.Null(verification.Chunks);
    }

    private static TestRequest Signed(string kind)
    {
        var request = new TestRequest { Path = "/bucket/a/key.txt", Query = "versionId=v1&acl&response-content-type=text%2Fplain" }
            .With("Content-Type", "text/plain")
            .With("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")
            .With("x-amz-meta-a", "one")
            .With("x-amz-meta-a", "two")
            .With("x-amz-acl", "private")
            .With("x-amz-copy-source", "/b/k");
        return kind switch
        {
            "v4 header" => new SignerV4().SignHeader(request),
            "v4 query" => new SignerV4().SignQuery(request),
            "v2 header" => new SignerV2().SignHeader(request),
            _ => new SignerV2().SignQuery(request),
        };
    }

    private static IEnumerable<Alteration> Alterations(string kind)
    {
        var signed = Signed(kind);
        foreach (var method in Methods)
        {
            yield return new($"method {method}", request => request.Method = method);
        }

        foreach (var (name, text) in Altered(signed.Path))
        {
            yield return new($"path {name}", request => request.Path = text);
        }

        foreach (var alteration in OfQuery(signed).Concat(OfHeaders(signed, kind)))
        {
            yield return alteration;
        }

        if (kind.StartsWith("v4", StringComparison.Ordinal))
        {
            foreach (var (name, text) in Altered(signed.Host))
            {
                yield return new($"host {name}", request => request.Host = text);
            }
        }
    }

    private static IEnumerable<Alteration> OfQuery(TestRequest signed)
    {
        var pairs = signed.Query.Split('&');
        for (var i = 0; i < pairs.Length; i++)
        {
            var at = i;
            yield return new($"query without {at}", request => request.Query = Join(pairs.Where((_, index) => index != at)));
            yield return new($"query twice {at}", request => request.AppendQuery(pairs[at]));
            foreach (var (name, text) in Altered(pairs[at]))
            {
                yield return new($"query {at} {name}", request => request.Query = Join(pairs.Select((pair, index) => index == at ? text : pair)));
            }
        }
    }

    private static IEnumerable<Alteration> OfHeaders(TestRequest signed, string kind)
    {
        foreach (var header in signed.Headers.Names())
        {
            if (header != "Authorization")
            {
                yield return new($"{header} missing", request => request.Headers.Remove(header));
            }

            yield return new($"{header} twice", request => request.Headers.Add(header, request.Headers.Values(header)[0]));
            foreach (var (name, text) in Altered(signed.Headers.Values(header)[0]))
            {
                yield return new($"{header} {name}", request => request.Headers[header] = text);
            }
        }

        yield return new("x-amz-meta-b added", request => request.Headers.Add("x-amz-meta-b", "three"));
        if (kind.EndsWith("header", StringComparison.Ordinal))
        {
            yield return new("as a query", request => request.AppendQuery("X-Amz-Signature=00&X-Amz-Algorithm=AWS4-HMAC-SHA256"));
        }
    }

    /// <summary>A text with each of its characters exchanged in turn, and lengthened; the alterations keep no meaning of the text.</summary>
    private static IEnumerable<(string Name, string Text)> Altered(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var other = text[i] switch
            {
                'z' or 'Z' or '9' => 'q',
                _ when char.IsAsciiLetterOrDigit(text[i]) => (char)(text[i] + 1),
                '_' => '-',
                _ => '_',
            };
            yield return ($"[{i}]", text[..i] + other + text[(i + 1)..]);
        }

        yield return ("longer", text + "x");
    }

    private static string Join(IEnumerable<string> pairs) => string.Join('&', pairs);

    private sealed record Alteration(string Name, Action<TestRequest> Apply);
}
