using System.Buffers.Text;
using System.Text.Json;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Sessions;

namespace S3Cassandra.Auth.Tests.Sessions;

public sealed class SessionTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionKey Key = SessionKey.New(7, Now);

    private static Session Full(string? policy = null) => new()
    {
        AccessKeyId = AccessKeyRules.NewSessionId(),
        SecretBytes = [.. Enumerable.Range(1, AccessKeyRules.SecretBytes).Select(number => (byte)number)],
        Kind = SessionKind.Role,
        AccountId = "123456789012",
        PrincipalName = "role",
        PrincipalId = "AROAROLE",
        Name = "session@host",
        ParentKeyId = "AKIAPARENT",
        Issued = Now,
        Expires = Now.AddHours(1),
        Policy = policy ?? """{"Statement":[]}""",
        Policies = [new SessionPolicy("arn:aws:iam::123456789012:policy/a", "ANPAA"), new SessionPolicy("arn:aws:iam::aws:policy/b", "ANPAB")],
        Tags = [new SessionTag("team", "größe", true), new SessionTag("empty", "", false)],
        Provider = "arn:aws:iam::123456789012:oidc-provider/id.example.com",
        SourceIdentity = "somebody",
    };

    private static SessionTokenStatus Open(string token, string id, DateTimeOffset now) => SessionToken.Open(token, id, [Key], now, out _);

    [Fact]
    public void What_was_sealed_is_there_again()
    {
        var session = Full();
        var token = SessionToken.Seal(session, Key);
        Assert.Equal(SessionTokenStatus.Valid, SessionToken.Open(token, session.AccessKeyId, [SessionKey.New(1, Now), Key], Now, out var opened));
        Assert.Equal(40, opened!.SecretAccessKey.Length);
        Assert.Equal(session.SecretAccessKey, opened.SecretAccessKey);
        Assert.Equal(JsonSerializer.Serialize(session), JsonSerializer.Serialize(opened));
    }

    [Fact]
    public void Two_of_one_session_have_nothing_in_common()
    {
        var session = Full();
        Assert.NotEqual(SessionToken.Seal(session, Key)[8..40], SessionToken.Seal(session, Key)[8..40]);
    }

    [Fact]
    public void It_shows_nothing_of_what_it_holds()
    {
        var session = Full();
        var bytes = Base64Url.DecodeFromChars(SessionToken.Seal(session, Key));
        foreach (var secret in (byte[][])[session.SecretBytes, "123456789012"u8.ToArray(), "AROAROLE"u8.ToArray(), "session@host"u8.ToArray()])
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(secret));
        }

        Assert.DoesNotContain(session.SecretAccessKey, session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Key.Key), Key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_time_ends()
    {
        var session = Full();
        var token = SessionToken.Seal(session, Key);
        Assert.Equal(SessionTokenStatus.Valid, Open(token, session.AccessKeyId, session.Expires.AddTicks(-1)));
        Assert.Equal(SessionTokenStatus.Expired, Open(token, session.AccessKeyId, session.Expires));
    }

    [Fact]
    public void Another_keys_token_is_invalid()
    {
        var session = Full();
        var token = SessionToken.Seal(session, Key);
        Assert.Equal(SessionTokenStatus.Invalid, Open(token, AccessKeyRules.NewSessionId(), Now));
        Assert.Equal(SessionTokenStatus.Invalid, Open(token, session.AccessKeyId.ToLowerInvariant(), Now));
        Assert.Equal(SessionTokenStatus.Invalid, Open(token, "", Now));
    }

    [Fact]
    public void A_key_that_is_not_at_hand_is_told_apart_and_one_of_its_number_opens_nothing()
    {
        var session = Full();
        var token = SessionToken.Seal(session, Key);
        Assert.Equal(SessionTokenStatus.UnknownKey, SessionToken.Open(token, session.AccessKeyId, [SessionKey.New(8, Now)], Now, out _));
        Assert.Equal(SessionTokenStatus.Invalid, SessionToken.Open(token, session.AccessKeyId, [SessionKey.New(7, Now)], Now, out var opened));
        Assert.Null(opened);
    }

    /// <summary>Every byte, the version, the key's number and the nonce included.</summary>
    [Fact]
    public void A_bit_changed_anywhere_makes_it_invalid()
    {
        var session = Full();
        var bytes = Base64Url.DecodeFromChars(SessionToken.Seal(session, Key));
        for (var index = 0; index < bytes.Length; index++)
        {
            var changed = bytes.ToArray();
            changed[index] ^= (byte)(1 << (index % 8));
            var status = Open(Base64Url.EncodeToString(changed), session.AccessKeyId, Now);
            Assert.True(status == (index is >= 1 and < 5 ? SessionTokenStatus.UnknownKey : SessionTokenStatus.Invalid), $"byte {index}: {status}");
        }
    }

    [Fact]
    public void A_piece_of_one_is_invalid()
    {
        var session = Full();
        var token = SessionToken.Seal(session, Key);
        for (var length = 0; length < token.Length; length++)
        {
            Assert.Equal(SessionTokenStatus.Invalid, Open(token[..length], session.AccessKeyId, Now));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("token")]
    [InlineData("AQAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("AQAAAAc=")]
    [InlineData("AQAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AQAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AQAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAé")]
    [InlineData("FwoGZXIvYXdzEBYaDO+/zzzzz")]
    public void What_is_no_token_is_invalid(string text) => Assert.Equal(SessionTokenStatus.Invalid, Open(text, "ASIA", Now));

    [Fact]
    public void A_text_beyond_the_limit_is_not_looked_at() =>
        Assert.Equal(SessionTokenStatus.Invalid, Open(new string('A', SessionToken.MaxLength + 1), "ASIA", Now));

    [Fact]
    public void The_largest_session_fits_beside_the_longest_key()
    {
        var session = Full(new string('é', 2048)) with { Name = new string('n', 64), PrincipalName = new string('r', 64) };
        Assert.InRange(SessionToken.PackedPercent(session), 60, 100);
        var filled = session with { Tags = [.. Enumerable.Range(0, 6).Select(_ => new SessionTag(new string('k', 128), new string('v', 170), true))] };
        Assert.InRange(SessionToken.PackedPercent(filled), 90, 100);
        var token = SessionToken.Seal(filled, Key);
        Assert.InRange(token.Length, 7000, 9600);
        Assert.Equal(SessionTokenStatus.Valid, Open(token, session.AccessKeyId, Now));
        Assert.True(SessionToken.PackedPercent(filled with { Policies = [new SessionPolicy(new string('a', 2048), "ANPA")] }) > 100);
    }

    [Fact]
    public void What_is_too_large_is_not_sealed() => Assert.Throws<ArgumentException>(() => SessionToken.Seal(Full(new string('é', 8000)), Key));
}
