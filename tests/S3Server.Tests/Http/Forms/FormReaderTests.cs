using System.Buffers;
using System.Text;
using S3Cassandra.Auth.Forms;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http.Forms;

namespace S3Cassandra.S3Server.Tests.Http.Forms;

/// <summary>multipart/form-data as it may arrive, and as it may not.</summary>
public class FormReaderTests
{
    private const string Boundary = "xYz";

    /// <summary>A file that looks like a delimiter almost everywhere.</summary>
    private const string File = "\r\n--xYz!\r\n--xY\r\r\n\r\n--xYz-\r\n--xYz\r-\r\n--xyz--\r\n-";

    private const string Form =
        "preamble\r\n--xYz\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na/${filename}\r\n"
        + "--xYz\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
        + "--xYz\r\nContent-Disposition: form-data; name=lines; x=\"name=y\"\r\n\r\n--xYz\r\n\r\n--xYzz\r\n"
        + "--xYz\r\nContent-Disposition: form-data; filename=\"C:\\dir\\b \\\"c\\\".txt\"; name=\"File\"\r\n\r\n"
        + File + "\r\n--xYz--\r\nepilogue";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_split_at_any_byte_is_the_same_form()
    {
        var wire = Encoding.UTF8.GetBytes(Form);
        for (var at = 0; at <= wire.Length; at++)
        {
            IsTheForm(await ReadAsync([wire[..at], wire[at..]]));
        }

        IsTheForm(await ReadAsync(wire.Select(value => new[] { value })));
        IsTheForm(await ReadAsync(wire.Chunk(7)));
    }

    [Fact]
    public async Task A_reader_that_consumes_little_gets_the_same_file()
    {
        var wire = Encoding.UTF8.GetBytes(Form);
        for (var at = 0; at <= wire.Length; at += 3)
        {
            IsTheForm(await ReadAsync([wire[..at], wire[at..]], oneByteAtATime: true));
        }
    }

    [Fact]
    public async Task A_form_cut_before_the_end_of_its_file_is_refused()
    {
        var wire = Encoding.UTF8.GetBytes(Form);
        var end = Form.LastIndexOf("--", StringComparison.Ordinal) + 2;
        for (var length = 0; length < end; length++)
        {
            var refused = await Assert.ThrowsAsync<S3Exception>(() => ReadAsync([wire[..length]]));
            Assert.Equal(S3Errors.MalformedPOSTRequest, refused.Error);
        }

        IsTheForm(await ReadAsync([wire[..end]]));
    }

    [Fact]
    public async Task A_form_changed_anywhere_is_read_or_refused_and_breaks_nothing()
    {
        var wire = Encoding.UTF8.GetBytes(Form);
        var random = new Random(3);
        for (var round = 0; round < 5_000; round++)
        {
            var changed = wire.ToArray();
            for (var change = random.Next(4); change >= 0; change--)
            {
                changed[random.Next(changed.Length)] = "\r\n-\"\\;=: xYz\0\u00ff"u8[random.Next(14)];
            }

            try
            {
                await ReadAsync(changed.Chunk(1 + random.Next(200)));
            }
            catch (S3Exception refused)
            {
                Assert.Equal(400, refused.Error.Status);
            }
        }
    }

    [Theory]
    [InlineData("no delimiter anywhere")]
    [InlineData("--xYz\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nContent-Type: text/plain\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nContent-Disposition: file; name=\"file\"\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--xYz--\r\n")]
    [InlineData("--xYz\r\nno colon\r\n\r\nvalue\r\n--xYz--\r\n")]
    [InlineData("--xYz\nContent-Disposition: form-data; name=\"file\"\n\nvalue\n--xYz--\n")]
    public async Task What_is_no_form_is_refused(string form) => Assert.Equal(
        S3Errors.MalformedPOSTRequest,
        (await Assert.ThrowsAsync<S3Exception>(() => ReadAsync([Encoding.UTF8.GetBytes(form)]))).Error);

    [Fact]
    public async Task A_field_is_utf8()
    {
        byte[] form = [.. "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"u8, 0xff, .. "\r\n--xYz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\r\n--xYz--"u8];
        Assert.Equal(S3Errors.MalformedPOSTRequest, (await Assert.ThrowsAsync<S3Exception>(() => ReadAsync([form]))).Error);
    }

    [Fact]
    public async Task A_form_has_one_file()
    {
        var refused = await Assert.ThrowsAsync<S3Exception>(
            () => ReadAsync(["--xYz\r\nContent-Disposition: form-data; name=\"key\"; filename=\"a\"\r\n\r\nk\r\n--xYz--\r\n"u8.ToArray()]));
        Assert.Equal((S3Errors.InvalidArgument, "POST requires exactly one file upload per request."), (refused.Error, refused.Message));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task What_comes_before_the_file_has_twenty_kibibytes(int more, bool isRead)
    {
        const string before = "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
        const string after = "\r\n--xYz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
        var padding = new string('a', FormReader.MaxBytes - before.Length - after.Length + more);
        var wire = Encoding.UTF8.GetBytes(before + padding + after + new string('b', 100_000) + "\r\n--xYz--");
        foreach (var size in new[] { 1000, wire.Length })
        {
            if (isRead)
            {
                Assert.Equal(100_000, (await ReadAsync(wire.Chunk(size))).File.Length);
                continue;
            }

            var refused = await Assert.ThrowsAsync<S3Exception>(() => ReadAsync(wire.Chunk(size)));
            Assert.Equal(S3Errors.MaxPostPreDataLengthExceededError, refused.Error);
        }
    }

    [Theory]
    [InlineData(6, 10, "EntityTooSmall", "MinSizeAllowed")]
    [InlineData(1, 4, "EntityTooLarge", "MaxSizeAllowed")]
    [InlineData(5, 5, null, null)]
    public async Task A_file_that_is_too_short_or_too_long_is_refused(long min, long max, string? code, string? bound)
    {
        var wire = "--xYz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n12345\r\n--xYz--"u8.ToArray();
        if (code is null)
        {
            Assert.Equal("12345", (await ReadAsync([wire], range: new FileLengthRange(min, max))).File);
            return;
        }

        var refused = await Assert.ThrowsAsync<S3Exception>(() => ReadAsync([wire], range: new FileLengthRange(min, max)));
        Assert.Equal(code, refused.Error.Code);
        Assert.Equal([("ProposedSize", "5"), (bound!, code == "EntityTooSmall" ? "6" : "4")], refused.Details);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=a", "a")]
    [InlineData("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\"", "a b")]
    [InlineData("multipart/form-data; boundary=--a--", "--a--")]
    [InlineData("multipart/form-data", null)]
    [InlineData("multipart/form-data; boundary=", null)]
    [InlineData("multipart/form-data; boundary=\"\u00e9\"", null)]
    public void The_boundary_is_in_the_content_type(string contentType, string? boundary)
    {
        if (boundary is not null)
        {
            Assert.Equal(boundary, FormContentType.BoundaryOf(contentType));
            return;
        }

        Assert.Equal(S3Errors.MalformedPOSTRequest, Assert.Throws<S3Exception>(() => FormContentType.BoundaryOf(contentType)).Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("multipart/form-data-not; boundary=a")]
    public void What_is_no_form_says_412(string? contentType)
    {
        var refused = Assert.Throws<S3Exception>(() => FormContentType.BoundaryOf(contentType));
        Assert.Equal((412, "PreconditionFailed"), (refused.Error.Status, refused.Error.Code));
    }

    private static void IsTheForm((FormFields Fields, string File) form)
    {
        Assert.Equal(["key", "empty", "lines"], form.Fields.Names);
        Assert.Equal("a/b \"c\".txt", form.Fields.Get("key"));
        Assert.Equal(("", "--xYz\r\n\r\n--xYzz"), (form.Fields.Get("empty"), form.Fields.Get("lines")));
        Assert.Equal(File, form.File);
    }

    private static async Task<(FormFields Fields, string File)> ReadAsync(
        IEnumerable<byte[]> pieces, bool oneByteAtATime = false, FileLengthRange? range = null)
    {
        var form = await FormReader.ReadAsync(new PieceReader(pieces), Boundary, Token);
        return (form.Fields, await ReadFileAsync(form, oneByteAtATime, range ?? FileLengthRange.Any));
    }

    private static async Task<string> ReadFileAsync(UploadForm form, bool oneByteAtATime, FileLengthRange range)
    {
        var reader = new FormFileReader(form.Rest, form.Delimiter, range);
        var file = new MemoryStream();
        while (true)
        {
            var read = await reader.ReadAsync(Token);
            var taken = oneByteAtATime && read.Buffer.Length > 1 ? read.Buffer.Slice(0, 1) : read.Buffer;
            foreach (var segment in taken)
            {
                file.Write(segment.Span);
            }

            var isAll = taken.Length == read.Buffer.Length;
            reader.AdvanceTo(taken.End, oneByteAtATime && file.Length % 2 == 0 ? read.Buffer.End : taken.End);
            if (read.IsCompleted && isAll)
            {
                return Encoding.UTF8.GetString(file.ToArray());
            }
        }
    }
}
