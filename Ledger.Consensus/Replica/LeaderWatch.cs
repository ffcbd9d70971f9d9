namespace Ledger.Consensus;

/// <summary>
/// How long the view's leader was waited for: a leader that always proposes just before the time-out, or leaves
/// somebody's transactions out, makes no timer of a view run out. Rule C-20 of the protocol.
/// </summary>
internal sealed class LeaderWatch
{
    private ulong viewEnteredAt;
    private int waited;
    private int slowTicks;

    /// <summary>Whether slow proposals of this view were waited for too long in all.</summary>
    public bool IsSlow => slowTicks >= Ticks.OverdueMax;

    /// <summary>Another view, another leader.</summary>
    public void EnterView(ulong now)
    {
        viewEnteredAt = now;
        waited = 0;
        slowTicks = 0;
    }

    /// <summary>A height was decided; that no proposal has come here by then is not the leader's fault.</summary>
    public void BeginHeight() => waited = 0;

    /// <summary>A tick passed in which a proposal was due.</summary>
    public void Wait() => waited++;

    /// <summary>A proposal has come.</summary>
    public void EndWait()
    {
        slowTicks = waited > Ticks.ProposalSlow ? slowTicks + waited : Math.Max(0, slowTicks - Ticks.ProposalSlow);
        waited = 0;
    }

    /// <summary>Whether work of that age has been left out by this view's leader for too long.</summary>
    public bool IsOverdue(ulong ageTicks, ulong now) =>
        ageTicks > Ticks.OverdueMax && now - viewEnteredAt > Ticks.OverdueMax;
}
