namespace Ledger.Parts.State;

/// <summary>What one block took, for each of its records.</summary>
/// <param name="ApplyUs">Clock time of applying it and making the store's batch.</param>
/// <param name="CommitUs">Clock time until the batch is on disk.</param>
/// <param name="CpuUs">Processor time of the whole process meanwhile, what the store does beside included.</param>
internal readonly record struct CommittedBlock(double ApplyUs, double CommitUs, double CpuUs);
