using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// Holds a request for a block while a leader under load gathers for it (C-1), and has it built once: when enough wait,
/// when nobody comes any more, or when the time is over. Lives on the kernel's thread, but for the word that work has
/// come.
/// </summary>
/// <param name="kernel">Where the waiting is done.</param>
/// <param name="countWaiting">How many transactions wait.</param>
/// <param name="time">Gives a monotonic time.</param>
/// <param name="build">Builds what was asked for.</param>
public sealed class ProposalGathering(
    IKernelQueue kernel, Func<int> countWaiting, TimeProvider time, Action<BuildRequest> build)
{
    private const int Nothing = int.MaxValue;

    private readonly ProposalPace pace = new();
    private BuildRequest? asked;
    private Hash256? built;
    private int goal = Nothing;

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Gathers for a block, or builds it at once. A later request takes the place of this one.</summary>
    public void Begin(BuildRequest request)
    {
        asked = request;
        if (pace.Next(countWaiting()) is not { } next)
        {
            End();
            return;
        }

        Volatile.Write(ref goal, next.Count);
        Wait(countWaiting(), Now + next.AtMost);
        OnWorkArrived();
    }

    /// <summary>Says, from any thread, that a transaction has come: with enough of them the block is built.</summary>
    public void OnWorkArrived()
    {
        int wanted = Volatile.Read(ref goal);
        if (wanted < Nothing && countWaiting() >= wanted
            && Interlocked.CompareExchange(ref goal, Nothing, wanted) == wanted)
        {
            kernel.Post(End);
        }
    }

    /// <summary>A block was built here, of so many transactions.</summary>
    public void OnBuilt(Hash256 block, int count, bool tookAllThatWaited)
    {
        built = block;
        pace.OnBuilt(count, tookAllThatWaited, Now);
    }

    /// <summary>A block was decided.</summary>
    public void OnDecided(Hash256 block)
    {
        if (built == block)
        {
            pace.OnDecided(Now);
        }
        else
        {
            pace.OnOthersDecided();
        }
    }

    private void Wait(int seen, TimeSpan until) => kernel.PostLater(ProposalPace.Pause, () =>
    {
        int count = countWaiting();
        if (count == seen || Now >= until)
        {
            End();
        }
        else if (asked is not null)
        {
            Wait(count, until);
        }
    });

    // What was asked for is built once, however often this is called.
    private void End()
    {
        Volatile.Write(ref goal, Nothing);
        BuildRequest? request = asked;
        asked = null;
        if (request is not null)
        {
            build(request);
        }
    }
}
