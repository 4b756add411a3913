using System.Globalization;
using System.Text;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>Reads what <c>strace -f -ttt -T -y -xx</c> recorded, as far as it concerns one folder.</summary>
internal sealed class TraceReader(string folder)
{
    /// <summary>The calls that change files or sync them; any other that could is refused when it is met.</summary>
    public const string Calls =
        "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,write,writev,pwrite64,pwritev,"
        + "pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,copy_file_range,sendfile";

    private readonly string _folder = folder.TrimEnd('/');
    private readonly Dictionary<string, long> _positions = [];

    /// <summary>The operations in the order in which they ended.</summary>
    public IReadOnlyList<FileOperation> Read(string file)
    {
        var unfinished = new Dictionary<string, (double Start, string Text)>(StringComparer.Ordinal);
        var operations = new List<FileOperation>();
        foreach (var line in File.ReadLines(file))
        {
            var (process, stamp, call) = Fields(line);
            const string Cut = " <unfinished ...>";
            if (call.EndsWith(Cut, StringComparison.Ordinal))
            {
                unfinished[process] = (stamp, call[..^Cut.Length]);
                continue;
            }

            var start = stamp;
            if (call.StartsWith("<...", StringComparison.Ordinal))
            {
                (start, var begun) = unfinished[process];
                call = begun + call[(call.IndexOf('>', StringComparison.Ordinal) + 1)..];
                unfinished.Remove(process);
            }

            if (Parse(call, start) is { } operation)
            {
                operations.Add(operation);
            }
        }

        return [.. operations.OrderBy(operation => operation.End)];
    }

    private static (string Process, double Stamp, string Call) Fields(string line)
    {
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        var rest = line.AsSpan(first).TrimStart();
        var second = rest.IndexOf(' ');
        return (line[..first], double.Parse(rest[..second], CultureInfo.InvariantCulture), rest[(second + 1)..].ToString());
    }

    private FileOperation? Parse(string call, double start)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var close = call.LastIndexOf(") ", StringComparison.Ordinal);
        var equals = call.IndexOf("= ", close + 1, StringComparison.Ordinal);
        if (open < 0 || close < 0 || equals < 0 || call[equals + 2] is '-' or '?')
        {
            return null;
        }

        var duration = call.LastIndexOf('<');
        var end = start + double.Parse(call.AsSpan(duration + 1).TrimEnd('>'), CultureInfo.InvariantCulture);
        var result = call.AsSpan(equals + 2);
        result = result[..result.IndexOfAny(" <")];
        return Translate(call[..open], call[(open + 1)..close].Split(", "), long.Parse(result, CultureInfo.InvariantCulture), start, end);
    }

    private FileOperation? Translate(string name, string[] arguments, long result, double start, double end)
    {
        FileOperation? Of(FileOperationKind kind, string? path) => path is null ? null : new(kind, path, start, end);
        return name switch
        {
            "open" or "creat" => Open(arguments[0], arguments, start, end),
            "openat" => Open(arguments[1], arguments, start, end),
            "mkdir" => Of(FileOperationKind.MakeFolder, Named(arguments[0])),
            "mkdirat" => Of(FileOperationKind.MakeFolder, Named(arguments[1])),
            "unlink" or "rmdir" => Of(FileOperationKind.Remove, Named(arguments[0])),
            "unlinkat" => Of(FileOperationKind.Remove, Named(arguments[1])),
            "rename" when Named(arguments[0]) is { } path => new(FileOperationKind.Rename, path, start, end) { Target = Named(arguments[1])! },
            "renameat" or "renameat2" when Named(arguments[1]) is { } path =>
                new(FileOperationKind.Rename, path, start, end) { Target = Named(arguments[3])! },
            "fsync" or "fdatasync" => Of(FileOperationKind.Sync, Opened(arguments[0])),
            "ftruncate" when Opened(arguments[0]) is { } path => new(FileOperationKind.Resize, path, start, end) { Offset = Number(arguments[1]) },
            "pwrite64" or "pwritev" when Opened(arguments[0]) is { } path =>
                new(FileOperationKind.Write, path, start, end) { Offset = Number(arguments[^1]), Data = Data(arguments, result) },
            "write" when Opened(arguments[0]) is { } path => Append(path, Data(arguments, result), start, end),
            "writev" or "pwritev2" or "fallocate" or "copy_file_range" or "sendfile" when Opened(arguments[0]) is { } path =>
                throw new NotSupportedException($"{name} on {path}: the replay does not know it"),
            "link" or "linkat" or "symlink" or "truncate" when arguments.Any(argument => Named(argument) is not null) =>
                throw new NotSupportedException($"{name}: the replay does not know it"),
            _ => null,
        };
    }

    private FileOperation? Open(string argument, string[] arguments, double start, double end)
    {
        if (Named(argument) is not { } path)
        {
            return null;
        }

        var flags = string.Join(' ', arguments);
        if (flags.Contains("O_DSYNC", StringComparison.Ordinal) || flags.Contains("O_SYNC", StringComparison.Ordinal))
        {
            throw new NotSupportedException($"{path} is opened to sync by itself: the replay does not know it");
        }

        _positions[path] = 0;
        return flags.Contains("O_CREAT", StringComparison.Ordinal) ? new(FileOperationKind.Create, path, start, end) : null;
    }

    private FileOperation Append(string path, byte[] data, double start, double end)
    {
        var offset = _positions.GetValueOrDefault(path);
        _positions[path] = offset + data.Length;
        return new(FileOperationKind.Write, path, start, end) { Offset = offset, Data = data };
    }

    /// <summary>The path of a descriptor, <c>5&lt;path&gt;</c>; null outside the folder.</summary>
    private string? Opened(string argument)
    {
        var start = argument.IndexOf('<', StringComparison.Ordinal) + 1;
        return start == 0 ? null : Inside(Encoding.UTF8.GetString(Unescape(argument.AsSpan(start, argument.LastIndexOf('>') - start))));
    }

    private string? Named(string argument) =>
        argument.StartsWith('"') ? Inside(Encoding.UTF8.GetString(Unescape(argument.AsSpan(1, argument.LastIndexOf('"') - 1)))) : null;

    /// <summary>SQLite's shared memory is no part of what survives: it is made anew from the log.</summary>
    private string? Inside(string path) =>
        path == _folder ? ""
        : path.StartsWith(_folder + "/", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal) ? path[(_folder.Length + 1)..].TrimEnd('/')
        : null;

    private static byte[] Data(string[] arguments, long result)
    {
        var data = new List<byte>((int)result);
        foreach (var argument in arguments)
        {
            var start = argument.IndexOf('"', StringComparison.Ordinal);
            if (start >= 0)
            {
                data.AddRange(Unescape(argument.AsSpan(start + 1, argument.LastIndexOf('"') - start - 1)));
            }
        }

        return data.Count >= result ? [.. data.Take((int)result)] : throw new InvalidDataException("strace cut a write short");
    }

    private static byte[] Unescape(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = byte.Parse(text.Slice((index * 4) + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    private static long Number(string argument) => long.Parse(argument.TrimEnd(')'), CultureInfo.InvariantCulture);
}
