using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>How votes of members are counted. Rules Q-2 and K-4 of the protocol.</summary>
internal static class BallotRules
{
    /// <summary>
    /// Counts a vote of a voting member in the ballot, or says why it does not count. Who has voted may vote again
    /// where the roll has changed since so that the votes that are there decide.
    /// </summary>
    public static ResultCode? Cast(Ballot ballot, Roll roll, bool approve, CallContext context)
    {
        if (!IsOpen(ballot, context.TimeUnixMs))
        {
            return ResultCode.NoOpenBallot;
        }

        ByteString voter = context.Actor.ToField();
        if (Accused(ballot) == voter)
        {
            return ResultCode.AccusedCannotVote;
        }

        bool hasVoted = ballot.Approvals.Contains(voter) || ballot.Rejections.Contains(voter);
        if (hasVoted && Tally(ballot, roll) == BallotState.Open)
        {
            return ResultCode.AlreadyVoted;
        }

        if (!hasVoted)
        {
            (approve ? ballot.Approvals : ballot.Rejections).Add(voter);
        }

        ballot.State = Tally(ballot, roll);
        ballot.SettledHeight = ballot.State == BallotState.Open ? 0 : context.Height;
        return null;
    }

    /// <summary>Whether votes still count.</summary>
    public static bool IsOpen(Ballot ballot, long timeUnixMs) =>
        ballot.State == BallotState.Open && !HasEnded(ballot, timeUnixMs);

    /// <summary>Whether the ballot's time is over, settled or not.</summary>
    public static bool HasEnded(Ballot ballot, long timeUnixMs) =>
        ballot.EndUnixMs != 0 && ballot.EndUnixMs <= timeUnixMs;

    // Only votes of those who are members now count. A ballot is lost once q approvals can no longer come together; the
    // accused counts among the members and never approves.
    private static BallotState Tally(Ballot ballot, Roll roll)
    {
        int quorum = Quorum.Size(roll.Members.Count);
        int approvals = ballot.Approvals.Count(roll.Members.Contains);
        int others = ballot.Rejections.Count(roll.Members.Contains);
        if (Accused(ballot) is { } accused && roll.Members.Contains(accused))
        {
            others++;
        }

        if (approvals >= quorum)
        {
            return BallotState.Approved;
        }

        return roll.Members.Count - others < quorum ? BallotState.Rejected : BallotState.Open;
    }

    private static ByteString? Accused(Ballot ballot) => ballot.Purpose switch
    {
        BallotPurpose.Admission or BallotPurpose.Seats => null,
        BallotPurpose.Revocation => ballot.Candidate,
        BallotPurpose.Measure => ballot.Candidate.IsEmpty ? null : ballot.Candidate,
    };
}
