using System.Buffers;
using System.Text;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>
/// What ends a part of a form: CRLF, two dashes, the boundary, and then CRLF or two dashes. The boundary with anything else behind it
/// belongs to the part.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1"/>
internal sealed class FormDelimiter(string boundary)
{
    /// <summary>The bytes behind the boundary.</summary>
    private const int EndingLength = 2;

    private readonly byte[] _bytes = Encoding.ASCII.GetBytes("\r\n--" + boundary);

    /// <summary>All of it, with what follows the boundary.</summary>
    public int Length => _bytes.Length + EndingLength;

    /// <summary>
    /// How many bytes at the beginning surely belong to the part, and whether the delimiter follows them. Where it does not, what comes
    /// after them may be the delimiter's beginning. Whole pieces are searched at the speed of memory; only where one ends is it compared byte
    /// by byte.
    /// </summary>
    public (long Length, bool IsWhole) Find(in ReadOnlySequence<byte> buffer)
    {
        var offset = 0L;
        foreach (var segment in buffer)
        {
            var span = segment.Span;
            var from = 0;
            while (span[from..].IndexOf(_bytes) is >= 0 and var found)
            {
                from += found;
                if (IsPossible(buffer.Slice(offset + from), out var isWhole))
                {
                    return (offset + from, isWhole);
                }

                from++;
            }

            for (var start = Math.Max(from, span.Length - _bytes.Length + 1); start < span.Length; start++)
            {
                if (span[start] == '\r' && IsPossible(buffer.Slice(offset + start), out var isWhole))
                {
                    return (offset + start, isWhole);
                }
            }

            offset += span.Length;
        }

        return (buffer.Length, false);
    }

    /// <summary>Whether the delimiter stands at the beginning, or its own beginning where there is no more.</summary>
    private bool IsPossible(in ReadOnlySequence<byte> buffer, out bool isWhole)
    {
        Span<byte> all = stackalloc byte[Length];
        var head = all[..(int)Math.Min(buffer.Length, Length)];
        buffer.Slice(0, head.Length).CopyTo(head);
        isWhole = false;
        var common = Math.Min(head.Length, _bytes.Length);
        if (!head[..common].SequenceEqual(_bytes.AsSpan(0, common)))
        {
            return false;
        }

        var ending = head[common..];
        isWhole = ending.SequenceEqual("\r\n"u8) || ending.SequenceEqual("--"u8);
        return isWhole || ending.IsEmpty || (ending.Length == 1 && ending[0] is (byte)'\r' or (byte)'-');
    }
}
