namespace Ledger.Consensus;

/// <summary>Builds and executes blocks; answers come later as inputs to the kernel, never during the call.</summary>
public interface IBlockExecutor
{
    /// <summary>
    /// How many blocks of the height in flight, built or executed, both sides keep: a replica commits or proposes a
    /// block that it believes to be executed without asking again. An executor keeps this many at least, drops the one
    /// first that was asked for longest ago, and counts a block that is asked for again as the newest. One block a view
    /// can be executed, so that more are only seen after as many views without a decision.
    /// </summary>
    const int ExecutedMax = 16;

    /// <summary>Builds a block on the head; answered by <see cref="Input.ProposalBuilt"/>.</summary>
    void Build(BuildRequest request);

    /// <summary>Obtains the bodies and executes; answered by <see cref="Input.Executed"/>.</summary>
    void Execute(ProposalBlock block, ExecutionMode mode);
}
