using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http.Bodies;

namespace S3Cassandra.S3Server.Tests.Http.Bodies;

/// <summary>Attacks 10 and 11: the framing of aws-chunked, as it may come and as it may not.</summary>
public class AwsChunkedTests
{
    public static TheoryData<PayloadMode> Modes =>
        [PayloadMode.StreamingSigned, PayloadMode.StreamingSignedTrailer, PayloadMode.StreamingUnsignedTrailer];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_body_split_at_any_byte_is_decoded(PayloadMode mode)
    {
        var vector = ChunkedVector.Valid(mode, "hello", "\r\n0\r\n\r\n", new string('x', 40));
        var wire = vector.Wire;
        for (var at = 0; at <= wire.Length; at++)
        {
            Assert.Equal(vector.Payload.ToString(), await vector.DecodeAsync(wire[..at], wire[at..]));
        }

        Assert.Equal(vector.Payload.ToString(), await vector.DecodeAsync(wire.Select(value => new[] { value })));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_body_cut_at_any_byte_is_refused(PayloadMode mode)
    {
        var wire = ChunkedVector.Valid(mode, "hello", "world").Wire;
        for (var length = 0; length < wire.Length; length++)
        {
            var vector = ChunkedVector.Valid(mode, "hello", "world");
            await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync(wire[..length]));
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task An_empty_body_is_a_final_chunk_alone(PayloadMode mode) => Assert.Equal("", await ChunkedVector.Valid(mode).DecodeAsync());

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Bytes_after_the_end_are_refused(PayloadMode mode)
    {
        foreach (var more in new[] { "x", "\r\n", "5\r\nhello\r\n0\r\n\r\n" })
        {
            await RefusedAsync(ChunkedVector.Valid(mode, "hello").Raw(more));
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_declared_length_that_is_wrong_is_IncompleteBody(PayloadMode mode)
    {
        foreach (var declared in new[] { 0L, 4, 6, long.MaxValue })
        {
            var vector = ChunkedVector.Valid(mode, "hello");
            vector.Declared = declared;
            Assert.Equal(S3Errors.IncompleteBody, await RefusedAsync(vector));
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_missing_final_chunk_is_refused(PayloadMode mode) =>
        Assert.Equal(S3Errors.IncompleteBody, await RefusedAsync(new ChunkedVector(mode).Chunk("hello")));

    [Theory]
    [InlineData("ffffffffffffffff")]
    [InlineData("7fffffffffffffff")]
    [InlineData("10000000000000005")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("0x5")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("")]
    [InlineData("g")]
    [InlineData("5;x=y")]
    public async Task A_size_that_is_none_is_refused(string size) => Assert.Equal(
        S3Errors.IncompleteBody,
        await RefusedAsync(new ChunkedVector(PayloadMode.StreamingUnsignedTrailer) { Declared = 5 }.Raw($"{size}\r\nhello\r\n0\r\n\r\n")));

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Only_the_last_chunk_may_be_smaller_than_8_KiB(PayloadMode mode)
    {
        var (least, less) = (new string('a', 8192), new string('b', 8191));
        foreach (var chunks in new[] { [least, less], [least, least, "c"], new[] { less } })
        {
            var valid = ChunkedVector.Valid(mode, chunks);
            valid.TakesSmallChunks = false;
            Assert.Equal(string.Concat(chunks), await valid.DecodeAsync());
        }

        var vector = ChunkedVector.Valid(mode, least, less, "c");
        vector.TakesSmallChunks = false;
        var refusal = await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync());
        Assert.Equal(S3Errors.InvalidChunkSizeError, refusal.Error);
        Assert.Equal([("Chunk", "3"), ("BadChunkSize", "8191")], refusal.Details.Select(detail => (detail.Name, detail.Value)));
    }

    [Theory]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhelloo\r\n0\r\n\r\n")]
    [InlineData("5\rhello\r\n0\r\n\r\n")]
    [InlineData("\r\n5\r\nhello\r\n0\r\n\r\n")]
    public async Task Lines_end_in_CRLF(string wire)
    {
        var refusal = await Assert.ThrowsAsync<S3Exception>(
            () => new ChunkedVector(PayloadMode.StreamingUnsignedTrailer) { Declared = 5 }.Raw(wire).DecodeAsync());
        Assert.Equal((S3Errors.IncompleteBody, "The request body terminated unexpectedly"), (refusal.Error, refusal.Message));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_chunk_line_without_end_is_refused_long_before_a_mebibyte(PayloadMode mode)
    {
        var vector = new ChunkedVector(mode) { Declared = 5 };
        var line = new string('0', AwsChunkedDecoder.MaxHeaderLine + 1);
        await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync(System.Text.Encoding.ASCII.GetBytes(line)));
    }

    [Fact]
    public async Task A_signed_chunk_of_more_than_16_MiB_is_refused() => Assert.Equal(
        S3Errors.EntityTooLarge,
        await RefusedAsync(new ChunkedVector(PayloadMode.StreamingSigned) { Declared = 1L << 30 }.Raw($"1000001;chunk-signature={new string('0', 64)}\r\n")));

    [Theory]
    [InlineData(PayloadMode.StreamingSigned)]
    [InlineData(PayloadMode.StreamingSignedTrailer)]
    public async Task A_chain_that_is_altered_is_refused(PayloadMode mode)
    {
        Assert.Equal(S3Errors.SignatureDoesNotMatch, await RefusedAsync(ChunkedVector.Valid(mode, "hello", "world").Replace("world", "w0rld")));
        var first = new ChunkedVector(mode).Chunk("hello").Wire;
        var both = new ChunkedVector(mode).Chunk("hello").Chunk("world").Wire;
        var whole = ChunkedVector.Valid(mode, "hello", "world").Wire;
        byte[] dropped = [.. both[first.Length..], .. whole[both.Length..]];
        byte[] swapped = [.. both[first.Length..], .. first, .. whole[both.Length..]];
        byte[] replayed = [.. first, .. first, .. whole[both.Length..]];
        byte[] early = [.. first, .. whole[both.Length..]];
        foreach (var wire in new[] { dropped, swapped, replayed, early })
        {
            var vector = ChunkedVector.Valid(mode, "hello", "world");
            var refusal = await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync(wire));
            Assert.Equal(S3Errors.SignatureDoesNotMatch, refusal.Error);
        }
    }

    [Theory]
    [InlineData(";chunk-signature=", ";chunk-signature=0")]
    [InlineData(";chunk-signature=", ";Chunk-Signature=")]
    [InlineData(";chunk-signature=", ";x=y;chunk-signature=")]
    [InlineData(";chunk-signature=", "")]
    public async Task A_chunk_signature_has_one_form(string what, string by) => Assert.Equal(
        S3Errors.IncompleteBody,
        await RefusedAsync(ChunkedVector.Valid(PayloadMode.StreamingSigned, "hello").Replace(what, by)));

    [Theory]
    [InlineData(PayloadMode.StreamingSignedTrailer)]
    [InlineData(PayloadMode.StreamingUnsignedTrailer)]
    public async Task A_trailer_line_may_end_in_a_line_feed_before_its_CRLF(PayloadMode mode)
    {
        var vector = new ChunkedVector(mode).Chunk("hello").Chunk("").End(lineEnd: "\n\r\n");
        Assert.Equal("hello", await vector.DecodeAsync());
        Assert.Equal("hello", await vector.DecodeAsync(vector.Wire.Select(value => new[] { value })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x-amz-checksum-crc32:AAAAAA==\r\n")]
    [InlineData("x-amz-checksum-crc32c:AAAAAA==\r\nx-amz-checksum-crc32c:AAAAAA==\r\n")]
    [InlineData("x-amz-meta-a:b\r\n")]
    [InlineData("x-amz-checksum-crc32c\r\n")]
    [InlineData(":AAAAAA==\r\n")]
    [InlineData("x-amz-checksum-crc32c:AAAA\r\n")]
    [InlineData("x-amz-checksum-crc32c:\r\n")]
    [InlineData("x-amz-trailer-signature:0\r\n")]
    public async Task A_trailer_that_was_not_announced_or_is_malformed_is_refused(string fields)
    {
        var refusal = await RefusedAsync(new ChunkedVector(PayloadMode.StreamingUnsignedTrailer).Chunk("hello").Chunk("").Raw(fields).Raw("\r\n"));
        Assert.Equal(400, refusal.Status);
    }

    [Fact]
    public async Task A_trailer_without_end_is_refused()
    {
        var vector = new ChunkedVector(PayloadMode.StreamingUnsignedTrailer).Chunk("").Raw("x-amz-checksum-crc32c:" + new string('A', 2000));
        await RefusedAsync(vector);
    }

    [Fact]
    public async Task A_checksum_in_the_trailer_that_is_none_says_where_it_was()
    {
        var vector = new ChunkedVector(PayloadMode.StreamingUnsignedTrailer).Chunk("hello").Chunk("").Raw($"{ChunkedVector.TrailerName}:AAAA\r\n\r\n");
        var refusal = await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync());
        Assert.Equal((S3Errors.InvalidRequest, "Value for x-amz-checksum-crc32c trailing header is invalid."), (refusal.Error, refusal.Message));
    }

    [Fact]
    public async Task A_wrong_checksum_in_the_trailer_is_BadDigest() => Assert.Equal(
        S3Errors.BadDigest,
        await RefusedAsync(new ChunkedVector(PayloadMode.StreamingUnsignedTrailer).Chunk("hello").Chunk("").Raw($"{ChunkedVector.TrailerName}:AAAAAA==\r\n\r\n")));

    [Fact]
    public async Task A_trailer_needs_its_signature()
    {
        var vector = ChunkedVector.Valid(PayloadMode.StreamingSignedTrailer, "hello");
        var text = System.Text.Encoding.Latin1.GetString(vector.Wire);
        var at = text.IndexOf("x-amz-trailer-signature", StringComparison.Ordinal);
        var without = await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync([.. vector.Wire[..at], (byte)'\r', (byte)'\n']));
        Assert.Equal(S3Errors.MalformedTrailerError, without.Error);
        var last = text[(at + "x-amz-trailer-signature:".Length)..].TrimEnd();
        vector.Replace(last, new string('0', last.Length));
        Assert.Equal(S3Errors.SignatureDoesNotMatch, await RefusedAsync(vector));
    }

    [Theory]
    [InlineData("x-amz-trailer-signature:", "x-amz-trailer-signature:0")]
    [InlineData("x-amz-trailer-signature:", "x-amz-trailer-segnature:")]
    [InlineData("\r\nx-amz-trailer-signature:", "\rx-amz-trailer-signature:")]
    [InlineData("\r\n\r\n", "\r\nx:y\r\n\r\n")]
    [InlineData("\r\n\r\n", "\r\npp")]
    [InlineData("\r\n\r\n", "erty")]
    public async Task After_the_checksum_comes_its_signature_and_the_end(string what, string by)
    {
        var refusal = await Assert.ThrowsAsync<S3Exception>(
            () => ChunkedVector.Valid(PayloadMode.StreamingSignedTrailer, "hello").Replace(what, by).DecodeAsync());
        Assert.Equal((S3Errors.IncompleteBody, "The request body terminated unexpectedly"), (refusal.Error, refusal.Message));
    }

    private static async Task<S3Error> RefusedAsync(ChunkedVector vector) =>
        (await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync())).Error;
}
