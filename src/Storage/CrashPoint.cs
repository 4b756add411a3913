using System.Diagnostics;
using System.Globalization;

namespace S3Cassandra.Storage;

/// <summary>
/// Named places where a test ends the process as a power cut would: with S3CASSANDRA_CRASH_POINT=name or name:n in the environment the
/// process kills itself at the first or n-th time that it gets there. A program that sets <see cref="Switch"/> before its start may watch
/// them instead. Without either a hit is one test of a constant.
/// </summary>
public static class CrashPoint
{
    public const string Variable = "S3CASSANDRA_CRASH_POINT";

    /// <summary>A switch of <see cref="AppContext"/>: hits are told to <see cref="Watcher"/>.</summary>
    public const string Switch = "S3Cassandra.CrashPoints.Watched";

    private static readonly string? Armed = Environment.GetEnvironmentVariable(Variable);
    private static readonly bool IsArmed = !string.IsNullOrEmpty(Armed) || (AppContext.TryGetSwitch(Switch, out var on) && on);
    private static Action<string>? _watcher;
    private static int _hits;

    /// <summary>Hears of every hit, on the thread that got there, which waits meanwhile; only where the switch is set.</summary>
    internal static Action<string>? Watcher
    {
        set => Volatile.Write(ref _watcher, value);
    }

    public static void Hit(string name)
    {
        if (IsArmed)
        {
            Volatile.Read(ref _watcher)?.Invoke(name);
            Count(name);
        }
    }

    private static void Count(string name)
    {
        var (armed, hit) = Armed?.Split(':') is [var point, var number]
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
