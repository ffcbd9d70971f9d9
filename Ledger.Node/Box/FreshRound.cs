using System.Threading.Channels;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// One nonce and the answers to it. Of the answers the q lowest count: any q validators hold an honest signer of every
/// decided height, so that one who claims too much delays nobody.
/// </summary>
public sealed class FreshRound(ByteString nonce, ValidatorSet set, ulong epoch)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Address, ulong> heights = [];
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What the answers must repeat.</summary>
    public ByteString Nonce => nonce;

    /// <summary>The height that the own head must reach, once q validators have answered.</summary>
    public ulong? Height
    {
        get
        {
            lock (gate)
            {
                return heights.Count >= set.Quorum ? heights.Values.Order().ElementAt(set.Quorum - 1) : null;
            }
        }
    }

    /// <summary>Takes a verified answer; those of other epochs and of nobody with a seat are dropped.</summary>
    public void Add(Address validator, FreshAnswer answer)
    {
        if (answer.Epoch != epoch || set.IndexOf(validator) < 0)
        {
            return;
        }

        lock (gate)
        {
            heights.TryAdd(validator, Math.Max(answer.Height, answer.CommitSignedHeight));
        }

        Signal();
    }

    /// <summary>Says that the head has moved.</summary>
    public void Signal() => changed.Writer.TryWrite(true);

    /// <summary>Waits until an answer came or the head moved; false when neither did in time.</summary>
    public async Task<bool> ChangedAsync(TimeSpan timeout)
    {
        using CancellationTokenSource patience = new(timeout);
        try
        {
            return await changed.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
