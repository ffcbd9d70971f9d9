using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Populating;

/// <summary>What of a record goes to the ledger, before the clock starts.</summary>
/// <param name="Learner">The student, from 0.</param>
/// <param name="Verb">The verb's place in the catalogue.</param>
/// <param name="Locator">The record's id under the school's locator key.</param>
/// <param name="Commitment">Its commitment under a salt of its own.</param>
public readonly record struct PreparedRecord(int Learner, int Verb, HashedId Locator, Hash256 Commitment);
