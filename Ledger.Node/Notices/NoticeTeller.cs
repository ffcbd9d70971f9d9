using System.Collections.Frozen;
using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>
/// Tells learners of requests: each request once by each way, as far as that can be known. What is to be told is on
/// disk before it is sent, and that it was told after; where the node ends between the two, the same notice goes again
/// under the same id.
/// </summary>
/// <param name="self">The institution whose node this is.</param>
/// <param name="book">Who is told where, and of what they were told.</param>
/// <param name="waiting">The requests that wait.</param>
/// <param name="senders">The ways that this node has.</param>
/// <param name="pace">When notices are sent again.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it logs.</param>
public sealed partial class NoticeTeller(
    Address self,
    NoticeBook book,
    WaitingRequests waiting,
    FrozenDictionary<NoticeChannel, INoticeSender> senders,
    NoticePace pace,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Notices that are under way at once: a server that hangs delays few others.</summary>
    private const int UnderWayMax = 8;

    /// <summary>Notices of one look; the next look takes the others.</summary>
    private const int DueMax = 256;

    /// <summary>Plans notices of the requests that a learner was not told of; forgets who is no learner here.</summary>
    public void Plan(Address learner)
    {
        if (book.Find(learner) is not { } addresses)
        {
            return;
        }

        if (!waiting.IsHome(learner, self))
        {
            book.Erase(learner);
            return;
        }

        IReadOnlyDictionary<RequestName, NoticedRequest> open = waiting.Of(learner);
        foreach (NoticeChannel channel in senders.Keys.Where(one => addresses.Of(one).Length > 0))
        {
            IReadOnlySet<RequestName> known = book.Known(learner, channel);
            RequestName[] ended = [.. known.Where(one => !open.ContainsKey(one))];
            if (ended.Length > 0)
            {
                book.Forget(learner, channel, ended);
            }

            RequestName[] fresh = [.. open.Keys.Where(one => !known.Contains(one))];
            if (fresh.Length > 0)
            {
                book.Plan(Guid.NewGuid(), learner, channel, fresh, time.GetUtcNow());
            }
        }
    }

    /// <summary>Plans for every learner who is told.</summary>
    public void PlanAll()
    {
        foreach (Address learner in book.Learners())
        {
            Plan(learner);
        }
    }

    /// <summary>Sends what is due; returns whether there is more at once.</summary>
    public async Task<bool> SendDueAsync(CancellationToken cancellation)
    {
        IReadOnlyList<DueNotice> due = book.Due(time.GetUtcNow(), DueMax);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = UnderWayMax, CancellationToken = cancellation },
            async (one, token) => await SendAsync(one, token));
        return due.Count == DueMax;
    }

    private async Task SendAsync(DueNotice due, CancellationToken cancellation)
    {
        IReadOnlyDictionary<RequestName, NoticedRequest> open = waiting.Of(due.Learner);
        NoticedRequest[] requests =
            [.. due.Requests.Select(one => open.GetValueOrDefault(one)).OfType<NoticedRequest>()];
        if (requests.Length == 0
            || book.Find(due.Learner)?.Of(due.Channel) is not { Length: > 0 } address
            || !senders.TryGetValue(due.Channel, out INoticeSender? sender))
        {
            // Answered, ended, or nobody to tell any more.
            book.End(due.Id);
            return;
        }

        book.Begin(due.Id, time.GetUtcNow() + pace.After(due.Attempts));
        try
        {
            await sender.SendAsync(new Notice(due.Id, due.Learner, requests), address, cancellation);
            book.End(due.Id);
        }
        catch (NoticeException problem)
        {
            NotTaken(due.Id, due.Attempts + 1, problem.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Notice {Id} was not taken at attempt {Attempt}: {Problem}")]
    private partial void NotTaken(Guid id, int attempt, string problem);
}
