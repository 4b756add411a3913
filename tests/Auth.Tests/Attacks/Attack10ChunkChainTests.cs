using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 10: a chain of chunk signatures accepts these chunks, in this order, once.</summary>
public sealed class Attack10ChunkChainTests
{
    private const string Trailer = "x-amz-checksum-crc32:AAAAAA==\n";

    private static readonly byte[][] Data = [[.. "one"u8], [.. "two"u8], [.. "three"u8], []];

    public static TheoryData<int, int> Orders()
    {
        var orders = new TheoryData<int, int>();
        for (var expected = 0; expected < Data.Length; expected++)
        {
            for (var sent = 0; sent < Data.Length; sent++)
            {
                orders.Add(expected, sent);
            }
        }

        return orders;
    }

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    public void The_chain_holds(string place)
    {
        var upload = Upload.Start(place);
        for (var i = 0; i < Data.Length; i++)
        {
            Assert.True(upload.Send(Data[i], upload.Signatures[i]));
        }

        Assert.True(upload.SendTrailer(Trailer, upload.TrailerSignature));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_dropped_swapped_or_replayed_chunk_breaks_it(int expected, int sent)
    {
        var upload = Upload.Start();
        for (var i = 0; i < expected; i++)
        {
            Assert.True(upload.Send(Data[i], upload.Signatures[i]));
        }

        Assert.Equal(sent == expected, upload.Send(Data[sent], upload.Signatures[sent]));
    }

    [Fact]
    public void An_altered_chunk_breaks_it_and_leaves_the_chain_where_it_was()
    {
        var upload = Upload.Start();
        Assert.False(upload.Send([.. "onE"u8], upload.Signatures[0]));
        Assert.False(upload.Send([.. "one "u8], upload.Signatures[0]));
        Assert.False(upload.Send([], upload.Signatures[0]));
        Assert.True(upload.Send(Data[0], upload.Signatures[0]));
    }

    [Fact]
    public void Every_digit_of_a_chunk_s_signature_counts()
    {
        var upload = Upload.Start();
        for (var i = 0; i < 64; i++)
        {
            var digits = upload.Signatures[0].ToCharArray();
            digits[i] = digits[i] == '0' ? '1' : '0';
            Assert.False(upload.Send(Data[0], new string(digits)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void Signatures_of_another_form_do_not_hold(string signature) => Assert.False(Upload.Start().Send(Data[0], signature));

    [Fact]
    public void A_longer_or_upper_case_signature_does_not_hold()
    {
        var upload = Upload.Start();
        Assert.False(upload.Send(Data[0], upload.Signatures[0] + "0"));
        Assert.False(upload.Send(Data[0], upload.Signatures[0].ToUpperInvariant()));
    }

    [Fact]
    public void A_trailer_counts_only_after_the_final_chunk_and_unaltered()
    {
        var upload = Upload.Start();
        Assert.False(upload.SendTrailer(Trailer, upload.TrailerSignature));
        for (var i = 0; i < Data.Length; i++)
        {
            Assert.True(upload.Send(Data[i], upload.Signatures[i]));
        }

        Assert.False(upload.SendTrailer("x-amz-checksum-crc32:AAAAAQ==\n", upload.TrailerSignature));
        Assert.False(upload.SendTrailer("x-amz-checksum-crc32c:AAAAAA==\n", upload.TrailerSignature));
        Assert.False(upload.SendTrailer("", upload.TrailerSignature));
        Assert.False(upload.SendTrailer(Trailer, upload.Signatures[^1]));
        Assert.False(upload.Send(Data[^1], upload.TrailerSignature));
        Assert.True(upload.SendTrailer(Trailer, upload.TrailerSignature));
    }

    [Fact]
    public void A_chain_belongs_to_its_request()
    {
        var one = Upload.Start();
        var other = Upload.Start(path: "/bucket/other");
        Assert.False(one.Send(Data[0], other.Signatures[0]));
        Assert.True(other.Send(Data[0], other.Signatures[0]));
    }

    [Fact]
    public void A_hash_of_another_length_is_the_caller_s_error() =>
        Assert.Throws<ArgumentException>(() => Upload.Start().Chunks.VerifyChunk(new byte[31], new byte[64]));

    private sealed record Upload(ChunkSignatures Chunks, IReadOnlyList<string> Signatures, string TrailerSignature)
    {
        public static Upload Start(string place = "header", string path = "/bucket/key")
        {
            const string Mode = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
            var signer = new SignerV4();
            var request = new TestRequest { Path = path };
            string seed;
            if (place == "header")
            {
                seed = signer.SignHeader(request, Mode).Headers["Authorization"]!.Split("Signature=")[1];
            }
            else
            {
                seed = signer.SignQuery(request.With("x-amz-content-sha256", Mode), payloadHash: Mode).Query.Split("Signature=")[1];
            }

            var signatures = new List<string>();
            foreach (var data in Data)
            {
                signatures.Add(signer.ChunkSignature(signatures.LastOrDefault(seed), data));
            }

            return new(Verification.Of(request).Holds().Chunks!, signatures, signer.TrailerSignature(signatures[^1], Trailer));
        }

        public bool Send(byte[] data, string signature) => Chunks.VerifyChunk(SHA256.HashData(data), Encoding.ASCII.GetBytes(signature));

        public bool SendTrailer(string trailer, string signature) =>
            Chunks.VerifyTrailer(SHA256.HashData(Encoding.ASCII.GetBytes(trailer)), Encoding.ASCII.GetBytes(signature));
    }
}
