using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Telemetry;

/// <summary>
/// Where audit lines go: standard output, or a file that is opened anew for every write, so that it may be moved or removed at any time
/// (a rotation needs no signal). Lines are few; opening costs them 20 µs.
/// </summary>
internal sealed class AuditOutput
{
    private readonly string? _path;
    private readonly Func<Stream> _standard;

    private AuditOutput(string? path, Func<Stream> standard)
    {
        _path = path;
        _standard = standard;
    }

    /// <summary>"-" is standard output, anything else a file; null: no output.</summary>
    /// <exception cref="ConfigurationException">It cannot be written.</exception>
    public static AuditOutput? Named(string? name) => Of(name, Console.OpenStandardOutput);

    /// <summary>The same for a verb, whose standard output is its answer: "-" is standard error.</summary>
    /// <exception cref="ConfigurationException">It cannot be written.</exception>
    public static AuditOutput? OfVerb(string? name) => Of(name, Console.OpenStandardError);

    private static AuditOutput? Of(string? name, Func<Stream> standard) => name switch
    {
        null => null,
        "-" => new AuditOutput(null, standard),
        _ => OfFile(name, standard),
    };

    private static AuditOutput OfFile(string path, Func<Stream> standard)
    {
        try
        {
            using var probe = Open(path);
            return new AuditOutput(path, standard);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--{Settings.AuditLog} {path}: {failure.Message}");
        }
    }

    /// <exception cref="IOException">Nothing, or not all, was written.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines)
    {
        await using var stream = _path is null ? _standard() : Open(_path);
        await stream.WriteAsync(lines);
        await stream.FlushAsync();
    }

    /// <summary>Readable by its owner alone: it names people.</summary>
    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
