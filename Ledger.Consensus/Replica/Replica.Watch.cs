namespace Ledger.Consensus;

// Leaders that are slow or leave work out, rule C-20: they commit something in time and so no timer runs out.
internal sealed partial class Replica
{
    void IInputVisitor.Visit(Input.OldestWork input)
    {
        if (MayJudgeLeader() && state.CatchUp.BehindBy(state.HeadHeight, state.Set.FaultyMax) == 0
            && state.Watch.IsOverdue(input.AgeTicks, state.Now))
        {
            Leave(state.View + 1);
        }
    }

    private void WatchLeader()
    {
        if (!MayJudgeLeader() || state.Accepted is not null || !state.WorkPending)
        {
            return;
        }

        state.Watch.Wait();
    }

    // The wait is counted when it has ended, so that the view's own timer judges a leader that does not come at all.
    private void EndWaitForLeader()
    {
        state.Watch.EndWait();
        if (state.Watch.IsSlow && MayJudgeLeader())
        {
            Leave(state.View + 1);
        }
    }

    private bool MayJudgeLeader() =>
        state.IsValidator
        && state.LeavingFor is null
        && state.Certified is null
        && state.Set.Leader(state.View) != state.Self;
}
