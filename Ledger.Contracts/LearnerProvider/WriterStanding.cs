using Ledger.Contracts.Execution;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>
/// What a block knows of a learner and a writer, whatever the verb: the values that each insertion looks at for the
/// writer's right.
/// </summary>
/// <param name="Learner">The learner.</param>
/// <param name="Writer">The writer.</param>
/// <param name="Enrolments">The counter of the learner's enrolments at the writer.</param>
/// <param name="OptOuts">The counter of the learner's opting out.</param>
internal sealed record WriterStanding(Address Learner, Address Writer, DraftValue Enrolments, DraftValue OptOuts);
