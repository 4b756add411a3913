using System.Text;
using S3Cassandra.Auth.WebIdentities;
using S3Cassandra.Support;

namespace S3Cassandra.Auth.Tests.WebIdentities;

/// <summary>Web identity tokens: what is right holds, and every known way to forge one fails (RFC 8725; attack 14).</summary>
public sealed class JwtTests : IDisposable
{
    private const string Issuer = "https://id.example.com/realm";
    private const string Client = "s3";

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly JwtMaker _maker = new();

    public void Dispose() => _maker.Dispose();

    private static string Claims(params (string Name, object? Value)[] others) => JwtMaker.Claims(Issuer, Client, "somebody", Now, others);

    private static JsonWebKeySet Set(string json)
    {
        var set = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(json));
        Assert.NotNull(set);
        return set;
    }

    private JwtFailure Verify(string token, string? keys = null, DateTimeOffset? now = null) => JsonWebToken.TryParse(token) is { } parsed
        ? JwtVerifier.Verify(parsed, Set(keys ?? _maker.KeySet), Issuer, ["other", Client], now ?? Now)
        : JwtFailure.Malformed;

    private string Good(params (string Name, object? Value)[] others) => _maker.Sign("RS256", Claims(others));

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public void Each_algorithm_holds_with_its_key(string algorithm) => Assert.Equal(JwtFailure.None, Verify(_maker.Sign(algorithm, Claims())));

    [Fact]
    public void What_it_says_can_be_read()
    {
        var token = JsonWebToken.TryParse(Good(("aud", new[] { "a", "b" }), ("azp", "party"), ("amr", new[] { "pwd" })))!;
        Assert.Equal((Issuer, "somebody", "party", JwtMaker.RsaId), (token.Issuer, token.Subject, token.AuthorizedParty, token.KeyId));
        Assert.Equal(["a", "b"], token.Audiences);
        Assert.Equal(["pwd"], token.Methods);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("")]
    public void No_algorithm_is_none(string algorithm)
    {
        var parts = _maker.SignWith(JwtMaker.Header(algorithm, JwtMaker.RsaId), Claims(), "RS256").Split('.');
        Assert.Equal(JwtFailure.Algorithm, Verify($"{parts[0]}.{parts[1]}."));
        Assert.Equal(JwtFailure.Algorithm, Verify(string.Join('.', parts)));
        Assert.Equal(JwtFailure.Malformed, Verify($"{parts[0]}.{parts[1]}"));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("hs256")]
    [InlineData("RS256")]
    public void A_public_key_is_no_secret_to_share(string algorithm)
    {
        var (spki, modulus) = (_maker.Rsa.ExportSubjectPublicKeyInfo(), _maker.Rsa.ExportParameters(false).Modulus!);
        foreach (var secret in (byte[][])[_maker.RsaPem, spki, modulus, [], Encoding.ASCII.GetBytes(JwtMaker.Encode(modulus))])
        {
            Assert.NotEqual(JwtFailure.None, Verify(JwtMaker.SignWithSecret(JwtMaker.Header(algorithm, JwtMaker.RsaId), Claims(), secret)));
        }
    }

    [Fact]
    public void A_shared_secret_in_the_set_is_no_key() => Assert.Equal(
        JwtFailure.UnknownKey,
        Verify(
            _maker.SignWith(JwtMaker.Header("RS256", "shared"), Claims(), "RS256"),
            JwtMaker.Set(["""{"kty":"oct","kid":"shared","k":"c2VjcmV0"}""", JwtMaker.RsaKey(_maker.Rsa.ExportParameters(false))])));

    [Theory]
    [InlineData("ES256", "rsa-1")]
    [InlineData("RS256", "ES256")]
    [InlineData("ES384", "ES256")]
    [InlineData("ES256", "ES512")]
    public void The_key_decides_on_the_algorithm(string algorithm, string keyId) =>
        Assert.Equal(JwtFailure.Algorithm, Verify(_maker.SignWith(JwtMaker.Header(algorithm, keyId), Claims(), algorithm)));

    [Fact]
    public void A_key_that_names_its_algorithm_goes_with_that_alone()
    {
        var keys = JwtMaker.Set([JwtMaker.RsaKey(_maker.Rsa.ExportParameters(false), more: ",\"alg\":\"RS512\"")]);
        Assert.Equal(JwtFailure.Algorithm, Verify(_maker.Sign("RS256", Claims()), keys));
        Assert.Equal(JwtFailure.Algorithm, Verify(_maker.Sign("PS512", Claims()), keys));
        Assert.Equal(JwtFailure.None, Verify(_maker.Sign("RS512", Claims()), keys));
    }

    [Theory]
    [InlineData(",\"use\":\"enc\"")]
    [InlineData(",\"use\":5")]
    [InlineData(",\"key_ops\":[\"sign\"]")]
    [InlineData(",\"key_ops\":[]")]
    public void A_key_for_something_else_verifies_nothing(string more) =>
        Assert.Equal(JwtFailure.UnknownKey, Verify(Good(), JwtMaker.Set([JwtMaker.RsaKey(_maker.Rsa.ExportParameters(false), more: more)])));

    [Fact]
    public void Keys_that_a_token_brings_along_are_not_looked_at()
    {
        using var mine = new JwtMaker();
        var key = JwtMaker.RsaKey(mine.Rsa.ExportParameters(false));
        foreach (var more in (string[])[$"\"jwk\":{key}", "\"jku\":\"https://evil.example/jwks\"", "\"x5u\":\"https://evil.example/c\"", "\"x5c\":[\"MIIB\"]"])
        {
            var header = $$"""{"alg":"RS256","kid":"{{JwtMaker.RsaId}}",{{more}}}""";
            Assert.Equal(JwtFailure.Signature, Verify(mine.SignWith(header, Claims(), "RS256")));
        }
    }

    [Fact]
    public void Another_providers_key_signs_nothing_here()
    {
        using var other = new JwtMaker();
        Assert.Equal(JwtFailure.Signature, Verify(other.Sign("RS256", Claims())));
        Assert.Equal(JwtFailure.Signature, Verify(other.Sign("ES256", Claims())));
        Assert.Equal(JwtFailure.UnknownKey, Verify(_maker.SignWith(JwtMaker.Header("RS256", "rsa-2"), Claims(), "RS256")));
    }

    [Fact]
    public void Without_a_keys_name_a_few_are_tried()
    {
        Assert.Equal(JwtFailure.None, Verify(_maker.SignWith(JwtMaker.Header("RS256", null), Claims(), "RS256")));
        var many = JwtMaker.Set([.. Enumerable.Repeat(_maker.CurveKey("ES256"), 20), JwtMaker.RsaKey(_maker.Rsa.ExportParameters(false))]);
        Assert.Equal(JwtFailure.Algorithm, Verify(_maker.SignWith(JwtMaker.Header("RS256", null), Claims(), "RS256"), many));
    }

    [Fact]
    public void A_bit_changed_anywhere_is_noticed()
    {
        var token = Good();
        for (var index = 0; index < token.Length; index += 3)
        {
            var changed = token.ToCharArray();
            changed[index] = changed[index] == 'A' ? 'B' : 'A';
            Assert.NotEqual(JwtFailure.None, Verify(new string(changed)));
        }
    }

    [Fact]
    public void Claims_of_one_do_not_go_with_the_signature_of_another()
    {
        var (mine, theirs) = (Good().Split('.'), Good(("sub", "admin")).Split('.'));
        Assert.Equal(JwtFailure.Signature, Verify($"{mine[0]}.{theirs[1]}.{mine[2]}"));
        Assert.Equal(JwtFailure.Signature, Verify($"{mine[0]}.{mine[1]}."));
    }

    [Fact]
    public void A_curves_signature_has_one_form()
    {
        Assert.Equal(JwtFailure.Signature, Verify(_maker.SignInDer(Claims())));
        var parts = _maker.Sign("ES256", Claims()).Split('.');
        Assert.Equal(JwtFailure.Signature, Verify($"{parts[0]}.{parts[1]}.{JwtMaker.Encode(new byte[64])}"));
        Assert.Equal(JwtFailure.Signature, Verify($"{parts[0]}.{parts[1]}.{JwtMaker.Encode(new byte[63])}"));
    }

    [Fact]
    public void Weak_keys_are_none()
    {
        using var small = System.Security.Cryptography.RSA.Create(1024);
        var rsa = _maker.Rsa.ExportParameters(false);
        string[] weak =
        [
            JwtMaker.RsaKey(small.ExportParameters(false)),
            JwtMaker.RsaKey(rsa with { Exponent = [1] }),
            JwtMaker.RsaKey(rsa with { Exponent = [0, 1] }),
            JwtMaker.RsaKey(rsa with { Exponent = [2] }),
            JwtMaker.RsaKey(rsa with { Exponent = [1, 0, 0, 0, 1] }),
            JwtMaker.RsaKey(rsa with { Modulus = [0, .. small.ExportParameters(false).Modulus!] }),
            JwtMaker.RsaKey(rsa with { Modulus = [.. rsa.Modulus!.AsSpan(0, 255), (byte)(rsa.Modulus![255] & 0xFE)] }),
            JwtMaker.RsaKey(rsa with { Modulus = new byte[2000] }),
            """{"kty":"EC","kid":"rsa-1","crv":"secp256k1","x":"AAAA","y":"AAAA"}""",
            """{"kty":"OKP","kid":"rsa-1","crv":"Ed25519","x":"AAAA"}""",
            "5",
        ];
        foreach (var key in weak)
        {
            Assert.Empty(Set(JwtMaker.Set([key])).Keys);
        }
    }

    [Fact]
    public void A_point_beside_its_curve_verifies_nothing()
    {
        var zero = JwtMaker.Encode(new byte[32]);
        var keys = JwtMaker.Set([$$"""{"kty":"EC","kid":"ES256","crv":"P-256","x":"{{zero}}","y":"{{zero}}"}"""]);
        Assert.Equal(JwtFailure.Signature, Verify(_maker.Sign("ES256", Claims()), keys));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    public void What_has_to_be_there_is_asked_for(string claim) => Assert.Equal(JwtFailure.MissingClaim, Verify(Good((claim, null))));

    [Fact]
    public void It_ends_when_it_says_so()
    {
        var token = Good(("exp", Now.ToUnixTimeSeconds()));
        Assert.Equal(JwtFailure.None, Verify(token, now: Now.AddMilliseconds(-1)));
        Assert.Equal(JwtFailure.Expired, Verify(token));
        Assert.Equal(JwtFailure.Expired, Verify(Good(("exp", 0))));
        Assert.Equal(JwtFailure.Expired, Verify(Good(("exp", -1e300))));
    }

    [Theory]
    [InlineData("nbf")]
    [InlineData("iat")]
    public void It_does_not_begin_before_it_says_so(string claim)
    {
        var skew = (long)JwtVerifier.AllowedSkew.TotalSeconds;
        Assert.Equal(JwtFailure.None, Verify(Good((claim, Now.ToUnixTimeSeconds() + skew))));
        Assert.Equal(JwtFailure.NotYetValid, Verify(Good((claim, Now.ToUnixTimeSeconds() + skew + 1))));
    }

    [Theory]
    [InlineData("exp", "9999999999")]
    [InlineData("nbf", "0")]
    [InlineData("exp", true)]
    public void A_time_is_a_number(string claim, object value) => Assert.Equal(JwtFailure.Malformed, Verify(Good((claim, value))));

    [Theory]
    [InlineData("https://id.example.com")]
    [InlineData("https://id.example.com/realm/")]
    [InlineData("https://ID.example.com/realm")]
    [InlineData("http://id.example.com/realm")]
    public void Another_issuer_is_another(string issuer) => Assert.Equal(JwtFailure.Issuer, Verify(Good(("iss", issuer))));

    [Fact]
    public void It_has_to_be_meant_for_us()
    {
        Assert.Equal(JwtFailure.Audience, Verify(Good(("aud", "somebody-else"))));
        Assert.Equal(JwtFailure.Audience, Verify(Good(("aud", new[] { "a", "S3" }))));
        Assert.Equal(JwtFailure.None, Verify(Good(("aud", new[] { "a", "s3" }))));
        Assert.Equal(JwtFailure.Audience, Verify(Good(("azp", "somebody-else"))));
        Assert.Equal(JwtFailure.None, Verify(Good(("azp", "other"), ("aud", "somebody-else"))));
    }

    [Theory]
    [InlineData("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"rsa-1\"}")]
    [InlineData("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"exp\"]}")]
    [InlineData("{\"alg\":\"RS256\",\"kid\":{\"a\":1}}")]
    [InlineData("[\"RS256\"]")]
    [InlineData("RS256")]
    public void An_unclear_header_is_malformed(string header) =>
        Assert.Equal(JwtFailure.Malformed, Verify(_maker.SignWith(header, Claims(), "RS256")));

    [Theory]
    [InlineData("{\"iss\":\"a\",\"iss\":\"https://id.example.com/realm\"}")]
    [InlineData("{\"aud\":{\"a\":1}}")]
    [InlineData("{\"aud\":[1]}")]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}")]
    [InlineData("null")]
    [InlineData("")]
    public void Unclear_claims_are_malformed(string claims) => Assert.Equal(JwtFailure.Malformed, Verify(_maker.Sign("RS256", claims)));

    [Fact]
    public void Only_one_spelling_counts()
    {
        var token = Good();
        var parts = token.Split('.');
        foreach (var other in (string[])[token + "=", token + ".", "." + token, token + " ", " " + token, token + "\n", token.Replace('.', '~'), $"{parts[0]}={'.'}{parts[1]}.{parts[2]}"])
        {
            Assert.Equal(JwtFailure.Malformed, Verify(other));
        }

        Assert.Equal(JwtFailure.Malformed, Verify(parts[0] + "." + parts[1] + "." + parts[2].Replace('-', '+').Replace('_', '/') + "+"));
    }

    [Fact]
    public void What_is_too_large_is_not_looked_at()
    {
        Assert.Equal(JwtFailure.Malformed, Verify(Good(("pad", new string('a', JsonWebToken.MaxLength)))));
        Assert.Equal(JwtFailure.MissingClaim, Verify(Good(("sub", new string('a', JsonWebToken.MaxClaimLength + 1)))));
        Assert.Null(JsonWebKeySet.TryParse(new byte[JsonWebKeySet.MaxBytes + 1]));
        Assert.Null(JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(JwtMaker.Set(Enumerable.Repeat("{}", JsonWebKeySet.MaxKeys + 1)))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("<html>")]
    public void A_set_that_is_none_has_no_keys(string json) => Assert.Null(JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(json)));
}
