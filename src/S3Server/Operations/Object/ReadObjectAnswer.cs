using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>The answer to a GetObject or HeadObject but for its bytes: conditions, range, headers.</summary>
internal static class ReadObjectAnswer
{
    /// <summary>False: the answer is 304, and complete.</summary>
    /// <exception cref="S3Exception">PreconditionFailed.</exception>
    public static bool Proceeds(ReadObjectInput input, S3Context context, ObjectLookup found)
    {
        switch (input.Conditions.Evaluate(found.Object))
        {
            case ReadOutcome.NotModified:
                ObjectResponseHeaders.Identify(context.Http.Response, found.Object, found.Versioned);
                context.Http.Response.StatusCode = StatusCodes.Status304NotModified;
                return false;
            case ReadOutcome.PreconditionFailed:
                throw ObjectOutcomes.PreconditionFailed(input.Conditions.IfMatch is not null ? "If-Match" : "If-Unmodified-Since");
            default:
                return true;
        }
    }

    /// <summary>The bytes that are asked for; null: the whole object, with 200.</summary>
    /// <exception cref="S3Exception">InvalidRange, InvalidPartNumber.</exception>
    public static async ValueTask<ByteRange?> RangeAsync(
        ReadObjectInput input, S3Context context, ObjectReader objects, ObjectRecord record, CancellationToken cancellationToken)
    {
        if (input.PartNumber is not { } number)
        {
            return Range(input.Range, context, record);
        }

        if (record.PartCount == 0)
        {
            return number > 1 ? throw NoSuchPart(number, 1) : record.Size == 0 ? null : new ByteRange(0, record.Size);
        }

        context.Http.Response.Headers["x-amz-mp-parts-count"] = record.PartCount.ToString(CultureInfo.InvariantCulture);
        if (number > record.PartCount)
        {
            throw NoSuchPart(number, record.PartCount);
        }

        // The n-th part of those that were completed: numbers that the client skipped do not count.
        var parts = await objects.PartsAsync(record, cancellationToken);
        if (parts.Count < record.PartCount)
        {
            return new ByteRange(0, record.Size);
        }

        var offset = 0L;
        for (var i = 0; i < number - 1; i++)
        {
            offset += parts[i].Size;
        }

        return parts[number - 1].Size == 0 ? null : new ByteRange(offset, parts[number - 1].Size);
    }

    /// <summary>Status and headers.</summary>
    public static void Write(ReadObjectInput input, S3Context context, ObjectLookup found, ByteRange? range)
    {
        var (response, record) = (context.Http.Response, found.Object);
        ObjectResponseHeaders.Describe(response, record, found.Versioned);
        foreach (var (name, value) in input.Overrides)
        {
            response.Headers[name] = ObjectResponseHeaders.Safe(value);
        }

        if (range is { } part)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.ContentLength = part.Count;
            response.Headers.ContentRange = part.ToContentRange(record.Size);
        }
        else
        {
            response.ContentLength = record.Size;
        }

        // A checksum of the whole object says nothing of a range of it.
        if (input.WithChecksum && (range is null || range.Value.Count == record.Size))
        {
            ObjectResponseHeaders.Checksum(response, record.Checksum);
        }
    }

    private static ByteRange? Range(string? header, S3Context context, ObjectRecord record)
    {
        try
        {
            return ByteRange.Parse(header, record.Size);
        }
        catch (S3Exception)
        {
            context.Http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{record.Size}");
            throw;
        }
    }

    private static S3Exception NoSuchPart(int number, int count) => new(
        S3Errors.InvalidPartNumber,
        null,
        ("ActualPartCount", count.ToString(CultureInfo.InvariantCulture)),
        ("PartNumberRequested", number.ToString(CultureInfo.InvariantCulture)));
}
