using System.Buffers;
using System.Text.Json;

namespace S3Cassandra.S3Server.Telemetry;

/// <summary>An audit entry as a line of JSON. What is not ASCII is escaped, so nothing that a client sends breaks a line or a terminal.</summary>
internal static class AuditLine
{
    private const int MaxText = 2048;

    public static void Write(ArrayBufferWriter<byte> output, AuditEntry entry)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null));
            json.WriteString("event"u8, entry.Event == AuditEvent.Change ? "change"u8 : "refused"u8);
            json.WriteString("requestId"u8, entry.RequestId);
            WriteText(json, "remote", entry.Remote?.ToString());
            WriteText(json, "principal", entry.Principal);
            WriteText(json, "accessKeyId", entry.AccessKeyId);
            WriteText(json, "operation", entry.Operation);
            WriteText(json, "bucket", entry.Bucket);
            WriteText(json, "key", entry.EncodedKey);
            WriteText(json, "resource", entry.Resource);
            if (entry.Parameters.Count > 0)
            {
                json.WriteStartObject("parameters"u8);
                foreach (var (name, value) in entry.Parameters)
                {
                    WriteText(json, name, value);
                }

                json.WriteEndObject();
            }

            json.WriteNumber("status"u8, entry.Status);
            WriteText(json, "error", entry.ErrorCode);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>The line that stands where others are missing.</summary>
    public static void WriteDropped(ArrayBufferWriter<byte> output, DateTimeOffset time, long count)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null));
            json.WriteString("event"u8, "dropped"u8);
            json.WriteNumber("lines"u8, count);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value.AsSpan(0, Math.Min(value.Length, MaxText)));
        }
    }
}
