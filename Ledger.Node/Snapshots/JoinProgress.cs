using System.Globalization;

namespace Ledger.Node.Snapshots;

/// <summary>How far a node is that fetches a snapshot, in words for people. Written by one task, read by all.</summary>
public sealed class JoinProgress
{
    private const double Mebibyte = 1024 * 1024;
    private volatile string text = "joining: asking peers";

    /// <summary>For example: joining: snapshot 37 %, 12.0 MiB of 34.1 MiB.</summary>
    public string Text => text;

    /// <summary>Says that peers are asked, and what came of it.</summary>
    public void Asking(string why) => text = "joining: " + why;

    /// <summary>Says how much has come, and gives the percentage: 100 only when nothing is missing.</summary>
    public int Fetched(ulong received, ulong expected)
    {
        int percent = expected == 0 ? 0 : (int)Math.Min(99, received * 100 / expected);
        text = string.Create(
            CultureInfo.InvariantCulture,
            $"joining: snapshot {percent} %, {received / Mebibyte:F1} MiB of about {expected / Mebibyte:F1} MiB");
        return percent;
    }
}
