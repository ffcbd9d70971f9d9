namespace Ledger.Benchmarks.Load;

/// <summary>
/// Takes in samples from all clients. Each client has a page of its own, so that none waits for another.
/// </summary>
public sealed class SampleBook
{
    private readonly List<LoadSample>[] pages;

    /// <summary>A book for so many clients.</summary>
    public SampleBook(int clients)
    {
        pages = [.. Enumerable.Range(0, clients).Select(_ => new List<LoadSample>())];
    }

    /// <summary>Notes an operation that was answered.</summary>
    public void Add(int client, long intended, in LoadAnswer answer)
    {
        List<LoadSample> page = pages[client];
        LoadSample sample = new(
            client, intended, answer.CompletedAt, answer.Records, answer.Height, answer.End == LoadEnd.Refused);
        lock (page)
        {
            page.Add(sample);
        }
    }

    /// <summary>Takes all samples out.</summary>
    public IReadOnlyList<LoadSample> Drain()
    {
        List<LoadSample> all = [];
        foreach (List<LoadSample> page in pages)
        {
            lock (page)
            {
                all.AddRange(page);
                page.Clear();
            }
        }

        return all;
    }
}
