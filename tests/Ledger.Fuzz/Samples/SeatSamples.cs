using Google.Protobuf;
using Ledger.Contracts.Protos;

namespace Ledger.Fuzz;

/// <summary>Calls about membership and seats, well formed; no signature in them is checked.</summary>
internal static class SeatSamples
{
    private const int SignatureBytes = 64;

    public static IEnumerable<Operation> Calls()
    {
        ByteString school = ByteString.CopyFrom(LedgerSamples.Chain.School.Address.ToArray());
        ByteString other = ByteString.CopyFrom(LedgerSamples.Genesis.Validators[1].Address.ToArray());
        ByteString key = ByteString.CopyFrom(ConsensusSamples.NextSet[0].VoteKey.ToArray());
        ByteString hash = ByteString.CopyFrom(ConsensusSamples.ChainId.ToArray());
        ByteString signature = ByteString.CopyFrom(new byte[SignatureBytes]);
        SeatPropose propose = new();
        propose.Changes.Add(new SeatChange { Kind = SeatChangeKind.Remove, Institution = other });
        propose.Changes.Add(new SeatChange
        {
            Kind = SeatChangeKind.Add, Institution = school, VoteKey = key, Proof = signature,
        });
        SeatActivate activate = new() { Proposal = 1, OldSet = hash, NewSet = hash };
        for (uint place = 0; place < ConsensusSamples.Validators; place++)
        {
            activate.Ready.Add(new ReadyMark
            {
                Validator = place, VoteKey = key, HeadHeight = 0, HeadHash = hash, Signature = signature,
            });
        }

        return
        [
            new Operation { MembershipRevoke = new MembershipRevoke { Institution = other } },
            new Operation { RevocationVote = new RevocationVote { Institution = other, Ballot = 1, Approve = true } },
            new Operation { SeatPropose = propose },
            new Operation { SeatVote = new SeatVote { Proposal = 1, Approve = true } },
            new Operation { SeatRotate = new SeatRotate { OldVoteKey = key, VoteKey = key, Proof = signature } },
            new Operation { SeatActivate = activate },
        ];
    }
}
