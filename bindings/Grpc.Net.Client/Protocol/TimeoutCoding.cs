using System.Globalization;

namespace Grpc.Net.Client.Protocol;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit.</summary>
internal static class TimeoutCoding
{
    private const long ValueMax = 99_999_999;

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TimeSpan.TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>Writes a time in the finest unit that holds it, rounded up.</summary>
    internal static string Encode(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 1);
        foreach (var (unit, ticksPerUnit) in Units)
        {
            var value = ((ticks - 1) / ticksPerUnit) + 1;
            if (value <= ValueMax)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{ValueMax}H");
    }

    /// <summary>Reads a time; false if the header is malformed.</summary>
    internal static bool TryDecode(string header, out TimeSpan timeout)
    {
        timeout = default;
        if (header.Length is < 2 or > 9
            || !long.TryParse(
                header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        if (header[^1] == 'n')
        {
            timeout = TimeSpan.FromTicks(((value - 1) / TimeSpan.NanosecondsPerTick) + 1);
            return true;
        }

        foreach (var (unit, ticksPerUnit) in Units)
        {
            if (unit == header[^1])
            {
                timeout = TimeSpan.FromTicks(value * ticksPerUnit);
                return true;
            }
        }

        return false;
    }
}
