using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>Messages between a verb and a server: JSON, ended by a line feed, at most so long that every parameter of IAM fits.</summary>
internal static class AdministrationWire
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const byte End = (byte)'\n';

    /// <summary>The message; null where the other side closed without one, or it is none.</summary>
    public static async Task<T?> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (message.Length <= MaxBytes)
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            var end = buffer.AsSpan(0, count).IndexOf(End);
            message.Write(buffer, 0, end < 0 ? count : end);
            if (end >= 0)
            {
                return Parse(message.ToArray(), type);
            }

            if (count == 0)
            {
                return null;
            }
        }

        return null;
    }

    public static async Task WriteAsync<T>(Stream stream, T message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, type), End];
        await stream.WriteAsync(line, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private static T? Parse<T>(byte[] message, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(message, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
