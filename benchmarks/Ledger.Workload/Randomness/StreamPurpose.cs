namespace Ledger.Workload;

/// <summary>
/// What a stream of pseudo-random values is for. Each purpose has a stream of its own, so that a change in how one is
/// used does not shift the others. The numbers are part of the golden digests.
/// </summary>
internal enum StreamPurpose
{
    /// <summary>The latent traits of one student.</summary>
    Traits = 1,

    /// <summary>The events of the school year.</summary>
    Events = 2,

    /// <summary>The order of enrolment on the first day.</summary>
    EnrolmentOrder = 3,

    /// <summary>Pseudonymous account names.</summary>
    AccountNames = 4,

    /// <summary>The consumer GUID of a school's BookRoll.</summary>
    ConsumerGuids = 5,

    /// <summary>The order in which the sample walks through the population.</summary>
    SampleOrder = 6,

    /// <summary>The name space of the record ids.</summary>
    RecordIds = 7,
}
