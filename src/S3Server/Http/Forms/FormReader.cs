using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>Reads an upload form up to its file and leaves the file in the pipe.</summary>
internal static class FormReader
{
    /// <summary>"The form data and boundaries (excluding the contents of the file) cannot exceed 20KB"; what comes after the file is ignored.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html"/>
    public const int MaxBytes = 20 * 1024;

    /// <summary>What the fields may have once the file's name is put into them: more than any key, tag set and metadata together.</summary>
    private const int MaxExpandedCharacters = 64 * 1024;

    private static ReadOnlySpan<byte> LineBefore => "\r\n"u8;

    /// <exception cref="S3Exception">MaxPostPreDataLengthExceededError, MalformedPOSTRequest, or InvalidArgument where there is no file.</exception>
    public static async ValueTask<UploadForm> ReadAsync(PipeReader body, string boundary, CancellationToken cancellationToken)
    {
        var delimiter = new FormDelimiter(boundary);
        var parser = new FormParser(delimiter);
        var head = ArrayPool<byte>.Shared.Rent(LineBefore.Length + MaxBytes);
        try
        {
            LineBefore.CopyTo(head);
            var filled = LineBefore.Length;
            while (true)
            {
                var read = await body.ReadAsync(cancellationToken);
                var known = filled - LineBefore.Length;
                var fresh = read.Buffer.Slice(known, Math.Min(read.Buffer.Length, MaxBytes) - known);
                fresh.CopyTo(head.AsSpan(filled));
                filled += (int)fresh.Length;
                var consumed = read.Buffer.End;
                try
                {
                    var isThere = parser.TryParse(head.AsMemory(0, filled));
                    consumed = isThere ? read.Buffer.GetPosition(parser.FileStart - LineBefore.Length) : read.Buffer.Start;
                    if (isThere)
                    {
                        break;
                    }
                }
                finally
                {
                    body.AdvanceTo(consumed, parser.FileStart > 0 ? consumed : read.Buffer.End);
                }

                RefuseEnd(read, filled - LineBefore.Length == MaxBytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }

        return new UploadForm(parser.Fields.WithFilename(parser.Filename, MaxExpandedCharacters) ?? throw TooLarge(), delimiter, body);
    }

    private static void RefuseEnd(in ReadResult read, bool isFull)
    {
        if (isFull)
        {
            throw TooLarge();
        }

        if (read.IsCompleted)
        {
            throw new S3Exception(S3Errors.MalformedPOSTRequest);
        }

        if (read.IsCanceled)
        {
            throw new OperationCanceledException("The form was given up.");
        }
    }

    private static S3Exception TooLarge() => new(
        S3Errors.MaxPostPreDataLengthExceededError, null, ("MaxPostPreDataLengthBytes", MaxBytes.ToString(CultureInfo.InvariantCulture)));
}
