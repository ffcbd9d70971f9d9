using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Execution;

/// <summary>Says in plain words what became of an operation and what to do.</summary>
public static class ResultCodeText
{
    /// <summary>One or two sentences.</summary>
    public static string Of(ResultCode code) => code switch
    {
        ResultCode.Unspecified => "There is no result.",
        ResultCode.Accepted => "Done.",
        ResultCode.GroupRefused =>
            "Another operation of the same group was refused, so none was done. Look at that one.",
        ResultCode.SignerRevoked => "A signer's key is not its current key. Sign with the current one.",
        ResultCode.Malformed => "The call contradicts itself: nobody grants access to itself or to the learner.",
        ResultCode.NotRegistered => "The ledger does not know this institution or learner. Register it first.",
        ResultCode.NotAMember => "The institution is not a member with this right. Wait for the members' votes.",
        ResultCode.AlreadyRegistered => "The address is registered already.",
        ResultCode.DomainTaken => "Another institution has this domain.",
        ResultCode.NoOpenBallot => "There is no open ballot with this number.",
        ResultCode.AlreadyVoted => "This member has voted on this ballot already.",
        ResultCode.BindingNotNewer => "The number of a TLS binding only rises. Use a higher one.",
        ResultCode.NotALearner =>
            "The address is not a learner of the ledger. The learner creates its user index first.",
        ResultCode.LearnerExists => "The learner exists already.",
        ResultCode.NotEnrolled => "The learner has no open enrolment at this institution.",
        ResultCode.AlreadyEnrolled => "The learner is enrolled at this institution already.",
        ResultCode.MissingSignature => "The learner and the institution must both sign.",
        ResultCode.IndexExists => "The index exists already.",
        ResultCode.NoIndex => "There is no provider index. Create it first.",
        ResultCode.AlreadyIndexed => "The entry is there already.",
        ResultCode.NotIndexed => "Both index entries of the writer must be made first.",
        ResultCode.LlpcExists => "There is an LLPC of this learner and verb already. Write to that one.",
        ResultCode.NoLlpc => "There is no LLPC of this learner and verb. Create it first.",
        ResultCode.NoRight => "The actor does not have the right to do this. Ask the learner for it.",
        ResultCode.AlreadyAnchored => "This record is on the ledger already, at the given height and index.",
        ResultCode.Conflict => "Another commitment is on the ledger for this record, at the given height and index.",
        ResultCode.NoRequest => "There is no such pending request.",
        ResultCode.RequestExists => "A request of this institution waits already.",
        ResultCode.TooManyRequests => "Too many requests wait for this learner. Try again when some are settled.",
        ResultCode.NoGrant => "There is no such open grant or right.",
        ResultCode.GrantExceedsRight => "The grant gives more, or for longer, than the grantor can pass on.",
        ResultCode.GrantTooDeep => "The right was passed on too often. Ask the learner for a grant of one's own.",
        ResultCode.TooManyGrants => "Too many grants are open. Revoke some first.",
        ResultCode.GrantExpired => "The end time has passed.",
        ResultCode.CurrentInstitution => "The learner is enrolled there now. End the enrolment first.",
        ResultCode.AccusedCannotVote => "An institution has no vote on its own revocation or suspension.",
        ResultCode.BallotIsOpen => "A ballot on revoking this institution is open already. Vote on that one.",
        ResultCode.SeatTaken => "The institution has a seat already. It may rotate its vote key.",
        ResultCode.NoSeat => "The institution has no seat in the current set.",
        ResultCode.VoteKeyUnusable => "The vote key is a weak one or the institution's identity key. Make a new one.",
        ResultCode.VoteKeyUsed => "The vote key was used before, or belongs to somebody else. Make a new one.",
        ResultCode.VoteKeyDiffers => "The seat does not have the vote key that is named as its old one.",
        ResultCode.SetEmpty => "The change would leave no validator.",
        ResultCode.SetTooLarge => "The change would make more than 16 validators.",
        ResultCode.TooManyProposals =>
            "The member has 4 proposals that are not settled. Wait until one is activated, rejected or expired.",
        ResultCode.NoProposal => "There is no proposal with this number.",
        ResultCode.NotApproved => "The members have not approved the proposal.",
        ResultCode.ProposalExpired => "The proposal's time has passed. Propose the change again.",
        ResultCode.AlreadyActivated => "The proposal has been activated already.",
        ResultCode.SecondActivation =>
            "Another change of seats is activated in this block. Collect ready signatures anew.",
        ResultCode.WrongEpoch => "The activation was made for another epoch. Collect ready signatures anew.",
        ResultCode.WrongOldSet => "The current set is not the one that the activation starts from.",
        ResultCode.WrongNewSet => "The new set is not the current one with the approved change.",
        ResultCode.StaleHead =>
            "A ready signature names a head that is not among the last 100 blocks of this chain. Collect it anew.",
        ResultCode.NotReady => "Fewer than q validators of the new set have signed that they are ready.",
        ResultCode.ReadyRepeated => "The ready signatures are not in ascending order of place, each place once.",
        ResultCode.ReadyNotOfSet => "A ready signature is not by the vote key at its place in the new set.",
        ResultCode.GrantExceedsRequest => "The grant gives more than the request that it approves asked for.",
        ResultCode.RequesterAtLimit =>
            "The institution has 4,096 requests that wait. Wait for answers, or withdraw some.",
        ResultCode.NoRecord => "The actor has no record at this place. Insert it first.",
        ResultCode.ScoreOutOfRange => "The score lies outside its smallest and largest value.",
        ResultCode.TooManyScores => "The score of this record was corrected 15 times. It cannot change any more.",
        ResultCode.NoPolicy => "There is no such version of a policy in force. Choose one of the list.",
        ResultCode.PolicyViolated => "The policy does not allow this. The result names the clause.",
        ResultCode.TooManyPolicies => "There are 1,024 policies. Make a new version of one of them.",
        ResultCode.TooMuchWork =>
            "The transaction makes more work than one may. Send the operations from here on in another one.",
        ResultCode.VerbCodeTaken => "Another verb has this code. Choose a free one from 2000 on.",
        ResultCode.VerbHasCode => "The IRI has a code already. Codes are for ever.",
        ResultCode.EquivalenceExists => "The two IRIs mean the same already.",
        ResultCode.NoEquivalence => "The two IRIs do not mean the same, so that there is nothing to withdraw.",
        ResultCode.TooManyEquivalences => "There are 4,096 equivalences. Withdraw some first.",
        ResultCode.LastHolder => "Nobody else holds the records. Agree on a backup first.",
        ResultCode.NoMeasure => "There is no measure with this number.",
        ResultCode.TooManyMeasures =>
            "The member has 4 measures that are not settled. Wait until one is decided or expired.",
        ResultCode.NotSuspended => "Only an institution that is suspended, or has left, can be reinstated.",
        ResultCode.InstitutionSuspended =>
            "The institution is suspended: it may only keep its duties until the members reinstate it.",
        ResultCode.InstitutionLeft =>
            "The institution has left: it may only keep its duties. The members may reinstate it.",
        ResultCode.InstitutionClosed => "The institution is closed: it may only keep its duties.",
        ResultCode.HoldsSeat => "The institution has a validator seat. Let a change of seats remove it first.",
        ResultCode.NoVoterLeft => "The ledger would be left without a voting member.",
    };
}
