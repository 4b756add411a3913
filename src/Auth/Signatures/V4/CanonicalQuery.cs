using System.Buffers;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>
/// The CanonicalQueryString: names and values URI-encoded afresh, sorted by encoded name and then value, each with its <c>=</c>. Repeated
/// and empty ones stay.
/// </summary>
internal static class CanonicalQuery
{
    private const int ParametersOnStack = 24;

    /// <summary>Appends it; <paramref name="isPresigned"/> leaves X-Amz-Signature out.</summary>
    public static void Append(ref CanonicalBuffer buffer, ReadOnlySpan<char> rawQuery, bool isPresigned)
    {
        if (rawQuery.IsEmpty)
        {
            return;
        }

        var count = rawQuery.Count('&') + 1;
        var scratch = ArrayPool<byte>.Shared.Rent(UriEncoding.MaxLength(rawQuery));
        var rented = count > ParametersOnStack ? ArrayPool<Parameter>.Shared.Rent(count) : null;
        Span<Parameter> parameters = rented ?? (stackalloc Parameter[ParametersOnStack]);
        parameters = parameters[..Encode(rawQuery, isPresigned, scratch, parameters)];
        parameters.Sort(new ByEncodedBytes(scratch));
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i > 0)
            {
                buffer.Append((byte)'&');
            }

            buffer.Append(parameters[i].Name(scratch));
            buffer.Append((byte)'=');
            buffer.Append(parameters[i].Value(scratch));
        }

        ArrayPool<byte>.Shared.Return(scratch);
        if (rented is not null)
        {
            ArrayPool<Parameter>.Shared.Return(rented);
        }
    }

    private static int Encode(ReadOnlySpan<char> rawQuery, bool isPresigned, byte[] scratch, Span<Parameter> parameters)
    {
        var count = 0;
        var at = 0;
        var reader = new QueryReader(rawQuery);
        while (reader.MoveNext())
        {
            var nameLength = UriEncoding.EncodeQuery(reader.Name, scratch.AsSpan(at));
            if (isPresigned && IsSignature(scratch.AsSpan(at, nameLength)))
            {
                continue;
            }

            var valueLength = UriEncoding.EncodeQuery(reader.Value, scratch.AsSpan(at + nameLength));
            parameters[count++] = new Parameter(at, nameLength, valueLength);
            at += nameLength + valueLength;
        }

        return count;
    }

    private static bool IsSignature(ReadOnlySpan<byte> encodedName) =>
        System.Text.Ascii.EqualsIgnoreCase(encodedName, "X-Amz-Signature"u8);

    private readonly record struct Parameter(int Start, int NameLength, int ValueLength)
    {
        public ReadOnlySpan<byte> Name(byte[] scratch) => scratch.AsSpan(Start, NameLength);

        public ReadOnlySpan<byte> Value(byte[] scratch) => scratch.AsSpan(Start + NameLength, ValueLength);
    }

    private readonly struct ByEncodedBytes(byte[] scratch) : IComparer<Parameter>
    {
        public int Compare(Parameter x, Parameter y)
        {
            var byName = x.Name(scratch).SequenceCompareTo(y.Name(scratch));
            return byName != 0 ? byName : x.Value(scratch).SequenceCompareTo(y.Value(scratch));
        }
    }
}
