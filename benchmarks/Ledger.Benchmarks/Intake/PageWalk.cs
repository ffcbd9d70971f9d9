using System.Diagnostics;
using System.Text.Json;
using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Intake;

/// <summary>Goes through all statements by the addresses that lead on, one page after the other.</summary>
public static class PageWalk
{
    /// <summary>A sample for each page, from the newest statements to the oldest.</summary>
    public static async Task<IReadOnlyList<LoadSample>> AllAsync(
        HttpClient http, int limit, CancellationToken cancellation)
    {
        List<LoadSample> pages = [];
        string? address = FormattableString.Invariant($"/xAPI/statements?limit={limit}");
        while (address is not null)
        {
            long begin = Stopwatch.GetTimestamp();
            byte[] page = await http.GetByteArrayAsync(address, cancellation);
            long end = Stopwatch.GetTimestamp();
            using JsonDocument read = JsonDocument.Parse(page);
            int statements = read.RootElement.GetProperty("statements").GetArrayLength();
            pages.Add(new LoadSample(0, begin, end, statements, 0, IsRefused: false));
            address = read.RootElement.GetProperty("more").GetString() is { Length: > 0 } more ? more : null;
        }

        return pages;
    }
}
