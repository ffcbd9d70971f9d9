using System.Net;
using System.Threading.RateLimiting;
using Ledger.Node.Hosting;

namespace Ledger.Node.Records;

/// <summary>
/// How often a credential may ask, and how often a network whose requests show no credential that is known: whoever
/// guesses secrets gets few guesses, and takes nothing from tools that are known.
/// </summary>
internal sealed class RequestRates : IDisposable
{
    /// <summary>
    /// Requests of a network in a second that show no known credential in their headers: enough for tools that write
    /// requests as forms, which show theirs inside.
    /// </summary>
    private const int StrangersPerSecond = 50;

    /// <summary>What may come at once after a pause: as much again as in a second.</summary>
    private const int BurstSeconds = 2;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> known;
    private readonly PartitionedRateLimiter<IPAddress> strangers;

    public RequestRates(int requestsPerSecond)
    {
        known = PartitionedRateLimiter.Create<string, string>(
            key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(requestsPerSecond)));
        strangers = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
            network => RateLimitPartition.GetTokenBucketLimiter(network, _ => Bucket(StrangersPerSecond)));
    }

    /// <summary>
    /// Counts a request of a known caller; returns how long to wait where there were too many, or null.
    /// </summary>
    public TimeSpan? Count(XapiCredential caller) => caller.IsUnlimited ? null : Wait(known.AttemptAcquire(caller.Key));

    /// <summary>The same for a request without a credential that is known, by where it comes from.</summary>
    public TimeSpan? Count(IPAddress? stranger) => Wait(strangers.AttemptAcquire(PeerGate.NetworkOf(stranger)));

    /// <inheritdoc/>
    public void Dispose()
    {
        known.Dispose();
        strangers.Dispose();
    }

    private static TimeSpan? Wait(RateLimitLease lease)
    {
        using (lease)
        {
            return lease.IsAcquired ? null
                : lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after
                : Second;
        }
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = perSecond * BurstSeconds,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = Second,
        QueueLimit = 0,
    };
}
