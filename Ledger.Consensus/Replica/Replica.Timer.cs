namespace Ledger.Consensus;

// Time, rules C-8, C-11 and C-16: the timer of the view and what happens once a second.
internal sealed partial class Replica
{
    private ulong headAtLastStatus;
    private ulong viewAtLastStatus;

    void IInputVisitor.Visit(Input.Tick input)
    {
        state.Now++;
        ProposeIfLeader();
        WatchLeader();
        RunTimer();
        LeaveMissedView();
        if (state.Now % Ticks.PerStatus == 0)
        {
            SendStatus();
            SendAgainWithoutProgress();
        }
        else if (state.Standing == Standing.Waiting && state.Now % Ticks.PerWitness == 0)
        {
            SendStatus();
        }

        AskForBlocksIfBehind();
    }

    // C-8
    private void RunTimer()
    {
        if (!TimerRuns())
        {
            RefillTimer();
            return;
        }

        state.TimerTicksLeft--;
        if (state.TimerTicksLeft <= 0)
        {
            Leave(state.ViewReached + 1);
        }
    }

    private bool TimerRuns()
    {
        if (!state.IsValidator || state.Certified is not null)
        {
            return false;
        }

        if (state.LeavingFor is ulong view)
        {
            return state.ViewChanges.CountFrom(view) >= state.Set.Quorum;
        }

        return state.WorkPending || state.Accepted is not null || !state.Carried.IsFree || !state.Prepared.IsFree;
    }

    private void CountViewLeft()
    {
        state.ViewsLeft++;
        RefillTimer();
    }

    private void ResetTimerAfterCommit()
    {
        state.ViewsLeft = 0;
        RefillTimer();
    }

    private void RefillTimer()
    {
        int timeoutTicks = Ticks.TimeoutFirst;
        for (int left = 0; left < state.ViewsLeft && timeoutTicks < Ticks.TimeoutMax; left++)
        {
            timeoutTicks *= 2;
        }

        state.TimerTicksLeft = Math.Min(timeoutTicks, Ticks.TimeoutMax);
    }

    // C-11
    private void SendAgainWithoutProgress()
    {
        bool progress = headAtLastStatus != state.HeadHeight || viewAtLastStatus != state.ViewReached;
        headAtLastStatus = state.HeadHeight;
        viewAtLastStatus = state.ViewReached;
        if (!progress && state.Own.Count > 0)
        {
            Emit(new Effect.Resend([.. state.Own.Values], Recipients.All));
        }
    }
}
