using System.Globalization;

namespace S3Cassandra.IndexLoad;

/// <summary>CPU that a process has used, user and system, from <c>/proc/PID/stat</c>.</summary>
internal static class ProcessCpu
{
    private const double TicksPerSecond = 100;
    private const int UserTimeField = 11;

    public static TimeSpan Of(int? pid)
    {
        if (pid is null)
        {
            return TimeSpan.Zero;
        }
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[UserTimeField + 1], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
