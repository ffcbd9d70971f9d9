namespace Ledger.Benchmarks.Populating;

/// <summary>What a run with the population is asked for.</summary>
/// <param name="Seed">Seed of the population.</param>
/// <param name="RecordsMax">The first so many records of it.</param>
/// <param name="Batch">The most records of a transaction.</param>
/// <param name="Warm">Whether the nodes do other work before, until its code is compiled.</param>
/// <param name="WithIntake">Whether the record stores take the records in too, afterwards.</param>
public sealed record PopulationOptions(ulong Seed, int RecordsMax, int Batch, bool Warm, bool WithIntake);
