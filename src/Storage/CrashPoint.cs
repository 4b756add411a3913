using System.Diagnostics;
using System.Globalization;

namespace S3Cassandra.Storage;

/// <summary>
/// Named places where a test ends the process as a power cut would: with S3CASSANDRA_CRASH_POINT=name or name:n in the environment the
/// process kills itself at the first or n-th time that it gets there. Without it a hit is one test of a constant.
/// </summary>
public static class CrashPoint
{
    public const string Variable = "S3CASSANDRA_CRASH_POINT";

    private static readonly string? Armed = Environment.GetEnvironmentVariable(Variable);
    private static readonly bool IsArmed = !string.IsNullOrEmpty(Armed);
    private static int _hits;

    public static void Hit(string name)
    {
        if (IsArmed)
        {
            Count(name);
        }
    }

    private static void Count(string name)
    {
        var (armed, hit) = Armed!.Split(':') is [var point, var number]
            ? (point, int.Parse(number, CultureInfo.InvariantCulture))
            : (Armed, 1);
        if (armed == name && Interlocked.Increment(ref _hits) == hit)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
