namespace Ledger.Consensus;

/// <summary>Builds and executes blocks; answers come later as inputs to the kernel, never during the call.</summary>
public interface IBlockExecutor
{
    /// <summary>Builds a block on the head; answered by <see cref="Input.ProposalBuilt"/>.</summary>
    void Build(BuildRequest request);

    /// <summary>Obtains the bodies and executes; answered by <see cref="Input.Executed"/>.</summary>
    void Execute(ProposalBlock block, ExecutionMode mode);
}
