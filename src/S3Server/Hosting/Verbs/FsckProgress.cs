using System.Globalization;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>Shows how far a check is: a bar that is drawn over on a terminal, elsewhere a line now and then.</summary>
internal sealed class FsckProgress(TextWriter output, bool isTerminal, TimeProvider time)
{
    private const int Width = 40;
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private long? _shown;
    private string? _notShown;
    private int _drawn;

    public void Show(FsckPosition position)
    {
        var report = position.Report;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Bar(position.Done)} {position.Done:P0} {position.Phase.ToString().ToLowerInvariant()}: {report.Rows} rows, {report.Blobs} blobs, {report.Damage} damaged");
        if (isTerminal)
        {
            output.Write('\r' + text.PadRight(_drawn));
            _drawn = text.Length;
        }
        else if (_shown is not { } last || time.GetElapsedTime(last) >= LineInterval)
        {
            output.WriteLine(text);
            (_shown, _notShown) = (time.GetTimestamp(), null);
        }
        else
        {
            _notShown = text;
        }
    }

    /// <summary>Makes room for a line of another.</summary>
    public void Clear()
    {
        if (_drawn > 0)
        {
            output.Write('\r' + new string(' ', _drawn) + '\r');
            _drawn = 0;
        }
    }

    /// <summary>The check has ended: what was shown last stays where it is no bar.</summary>
    public void End()
    {
        Clear();
        if (_notShown is { } last)
        {
            output.WriteLine(last);
        }
    }

    private static string Bar(double done)
    {
        var filled = (int)(Math.Clamp(done, 0, 1) * Width);
        return $"[{new string('#', filled)}{new string('.', Width - filled)}]";
    }
}
