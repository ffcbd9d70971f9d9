using System.Globalization;

namespace Ledger.Faults;

/// <summary>
/// A wrong clock for one process: libfaketime is loaded before the C library and answers for the time of day. The
/// monotonic clock, by which timers run, is left alone.
/// </summary>
public static class MovedClock
{
    private static readonly string[] Folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];

    private static readonly Lazy<string?> Library = new(Find);

    /// <summary>Whether this machine has the library (Debian's package libfaketime).</summary>
    public static bool IsAvailable => Library.Value is not null;

    /// <summary>The environment of a process whose clock is ahead by so much.</summary>
    public static IReadOnlyDictionary<string, string> AheadBy(TimeSpan ahead) => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library.Value ?? throw new ObservationException("libfaketime is not installed."),
        ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0}s"),
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    private static string? Find() => Folders
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "*").Append(folder))
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists);
}
