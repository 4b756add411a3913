using System.Security.Cryptography;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Tests.Encryption;

public class KeyRingTests
{
    private static readonly MasterKey Old = new("old", RandomNumberGenerator.GetBytes(32));
    private static readonly MasterKey New = new("new", RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void A_rotated_ring_opens_what_the_old_key_wrapped_and_wraps_with_the_new_one()
    {
        var written = new KeyRing([Old]).CreateForS3();
        var stored = Encrypt(written, "text"u8);
        var rotated = new KeyRing([New, Old]);
        Assert.Equal("text"u8.ToArray(), Decrypt(rotated.Open(written.Encryption), stored));
        Assert.Equal("new", rotated.CreateForS3().Encryption.MasterKeyId);
        Assert.Throws<CorruptDataException>(() => new KeyRing([New]).Open(written.Encryption));
        Assert.Throws<CorruptDataException>(() => new KeyRing([New with { Id = "old" }]).Open(written.Encryption));
    }

    [Fact]
    public void A_customers_key_opens_its_object_and_no_other_does()
    {
        var (key, other) = (Customer(), Customer());
        var written = KeyRing.CreateForCustomer(key);
        Assert.Equal("text"u8.ToArray(), Decrypt(KeyRing.Open(written.Encryption, key)!, Encrypt(written, "text"u8)));
        Assert.Null(KeyRing.Open(written.Encryption, other));
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        Assert.DoesNotContain(Convert.ToBase64String(Old.Key.Span), Old.ToString(), StringComparison.Ordinal);
        Assert.Equal("CustomerKey", Customer().ToString());
    }

    [Fact]
    public void A_chunk_is_bound_to_its_place()
    {
        var key = new KeyRing([Old]).CreateForS3();
        var nonce = ChunkCipher.NewNonce();
        var blob = BlobId.New();
        var stored = new byte[4 + ChunkCipher.TagLength];
        using var cipher = key.CreateCipher(nonce);
        cipher.Encrypt(blob, 5, isLast: true, "text"u8, stored);
        Assert.Equal(4, cipher.DecryptInPlace(blob, 5, isLast: true, stored.ToArray()));
        Assert.Throws<CorruptDataException>(() => cipher.DecryptInPlace(blob, 4, isLast: true, stored.ToArray()));
        Assert.Throws<CorruptDataException>(() => cipher.DecryptInPlace(blob, 5, isLast: false, stored.ToArray()));
        Assert.Throws<CorruptDataException>(() => cipher.DecryptInPlace(BlobId.New(), 5, isLast: true, stored.ToArray()));
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            var damaged = stored.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CorruptDataException>(() => cipher.DecryptInPlace(blob, 5, isLast: true, damaged));
        }
    }

    [Fact]
    public void The_etag_under_a_customers_key_tells_nothing_of_the_bytes()
    {
        var md5 = MD5.HashData("text"u8);
        var (masked, open) = (md5.ToArray(), md5.ToArray());
        KeyRing.CreateForCustomer(Customer()).MaskETag(masked);
        new KeyRing([Old]).CreateForS3().MaskETag(open);
        Assert.NotEqual(md5, masked);
        Assert.Equal(md5, open);
    }

    private static CustomerKey Customer()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return new CustomerKey(key, Convert.ToBase64String(MD5.HashData(key)));
    }

    private static byte[] Encrypt(DataKey key, ReadOnlySpan<byte> text)
    {
        var stored = new byte[text.Length + ChunkCipher.TagLength];
        using var cipher = key.CreateCipher(new byte[ChunkCipher.NonceLength]);
        cipher.Encrypt(default, 0, isLast: true, text, stored);
        return stored;
    }

    private static byte[] Decrypt(DataKey key, byte[] stored)
    {
        using var cipher = key.CreateCipher(new byte[ChunkCipher.NonceLength]);
        return stored[..cipher.DecryptInPlace(default, 0, isLast: true, stored)];
    }
}
