using System.Buffers;
using S3Cassandra.Auth.Forms;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>Parses what stands before a form's file, as more and more of it arrives.</summary>
internal sealed class FormParser(FormDelimiter delimiter)
{
    private const string File = "file";

    /// <summary>Where the part begins that is not parsed yet; 0 before the first.</summary>
    private int _position;

    public FormFields Fields { get; } = new();

    /// <summary>The file's name; empty where the client gave none.</summary>
    public string Filename { get; private set; } = "";

    /// <summary>Where the file begins.</summary>
    public int FileStart { get; private set; }

    /// <summary>Goes on with what came before and more; true once the file begins.</summary>
    /// <param name="head">The form from its beginning, a CRLF put in front of it: each delimiter then has one.</param>
    /// <exception cref="S3Exception">MalformedPOSTRequest, or InvalidArgument: there is no file.</exception>
    public bool TryParse(ReadOnlyMemory<byte> head)
    {
        if (_position == 0 && !TryPassDelimiter(head, 0, out _))
        {
            return false;
        }

        while (TryReadHeaders(head, out var part, out var start))
        {
            if (part.Name.Equals(File, StringComparison.OrdinalIgnoreCase))
            {
                (Filename, FileStart) = (part.Filename ?? "", start);
                return true;
            }

            if (!TryPassDelimiter(head, start, out var length))
            {
                return false;
            }

            Fields.Add(part.Name, FormPart.Text(head.Span.Slice(start, length)));
        }

        return false;
    }

    private bool TryReadHeaders(ReadOnlyMemory<byte> head, out FormPart part, out int valueStart)
    {
        // From the CRLF of the delimiter, so that a part without headers is found to be one.
        var rest = head.Span[(_position - 2)..];
        var end = rest.IndexOf("\r\n\r\n"u8);
        part = end < 0 ? default : FormPart.Parse(rest[Math.Min(2, end)..end]);
        valueStart = _position - 2 + end + 4;
        return end >= 0;
    }

    /// <summary>Finds the delimiter after a part that begins at <paramref name="start"/>, and the next part behind it.</summary>
    private bool TryPassDelimiter(ReadOnlyMemory<byte> head, int start, out int length)
    {
        var (found, isWhole) = delimiter.Find(new ReadOnlySequence<byte>(head[start..]));
        length = (int)found;
        if (!isWhole)
        {
            return false;
        }

        _position = start + length + delimiter.Length;
        return head.Span[_position - 1] == '\n'
            ? true
            : throw new S3Exception(
                S3Errors.InvalidArgument, "POST requires exactly one file upload per request.", ("ArgumentName", File), ("ArgumentValue", "0"));
    }
}
