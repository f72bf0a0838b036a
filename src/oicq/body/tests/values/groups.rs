//! Groups: requests, replies and pushes.

use crate::oicq::body::tests::values::{reads, DOWN, UP};
use crate::oicq::body::{group, group_2012};

#[test]
fn groups() {
    reads! {
        group::classic, UP: "06 01 00a8f4e1 07" => "SubCommand=6 SearchKind=1 GroupNumber=11072737 ?1";
        group::classic, UP: "36 01 07" => "SubCommand=54 SubAction=1 ?1";
        group::classic, UP: "02 00a8f4e1 01 00002711" => "SubCommand=2 GroupId=11072737 SubAction=1 MemberUin=10001";
        group::classic, UP: "08 00a8f4e1 01 07" => "SubCommand=8 GroupId=11072737 SubAction=1 ?1";
        group::classic, UP: "0c 00a8f4e1 00002711 00002712" => "SubCommand=12 GroupId=11072737 MemberUin=10001 MemberUin=10002";
        group::classic, UP: "1a 00a8f4e1 000c 0001 01 00 0001 00*4 'hi" => "SubCommand=26 GroupId=11072737 ContentType=1 MessageFragments=1 MessageFragment=0 MessageId=1 ?4 MessageText=hi";
        group::classic, UP: "1b 00a8f4e1 01 00002711" => "SubCommand=27 GroupId=11072737 SubAction=1 MemberUin=10001";
        group::classic, UP: "1c 00a8f4e1 00002711" => "SubCommand=28 GroupId=11072737 MemberUin=10001";
        group::classic, DOWN: "07 00 00a8f4e1 01 07" => "SubCommand=7 Reply=0 GroupId=11072737 JoinResult=1 ?1";
        group::classic, DOWN: "0b 00 00a8f4e1 00 00002711" => "SubCommand=11 Reply=0 GroupId=11072737 ?1 MemberUin=10001";
        group::classic, DOWN: "1a 00 00a8f4e1 07" => "SubCommand=26 Reply=0 GroupId=11072737 ?1";
        group::classic, DOWN: "1a 00 00a8f4" => "SubCommand=26 Reply=0 ?3";
        group::classic, DOWN: "04 00 07" => "SubCommand=4 Reply=0 ?1";
        group::classic, DOWN: "04 02 'none" => "SubCommand=4 Reply=2 ReplyText=none";
        group::request_head: "0f 00a8f4e1 07" => "SubCommand=15 GroupId=11072737 ?1";
        group::request_head: "19 00a8f4e1 07" => "SubCommand=25 GroupId=11072737 ?1";
        group::request_head: "90 00a8f4e1 07" => "SubCommand=144 GroupId=11072737 ?1";
        group::request_head: "20 00a8f4e1 07" => "SubCommand=32 ?5";
        group::join: "08 00a8f4e1 00 5454" => "SubCommand=8 GroupId=11072737 ?1 Ticket[2]";
        group::member_information: "0c 00a8f4e1 00002711" => "SubCommand=12 GroupId=11072737 MemberUin=10001";
        group::send: "2a 00a8f4e1 0007 0001 01 00 0001 07" => "SubCommand=42 GroupId=11072737 ContentType=1 MessageFragments=1 MessageFragment=0 MessageId=1 ?1";
        group::information_request: "72 00a8f4e1 00000032" => "SubCommand=114 GroupId=11072737 Position=50";
        group::mute: "7e 00a8f4e1 00*3 00002711 0000003c" => "SubCommand=126 GroupId=11072737 ?3 MemberUin=10001 MuteSeconds=60";
        group::reply: "0b 00 00a8f4e1" => "SubCommand=11 Reply=0 GroupId=11072737";
        group::reply: "0b 00 00a8f4e1 07" => "no";
        group::reply: "0b 0a" => "SubCommand=11 Reply=10";
        group::reply: "0b 01" => "no";
        group::reply: "20 0a" => "no";
    }
}

#[test]
fn groups_since_2012() {
    reads! {
        group_2012::about: "72 00 00a8f4e1 00a8f4e2 000000 03 01 00*8 00002711 02 00*6 00000009 0064 00*5 00000007 03 'abc 0000 02 'hi 07" => "SubCommand=114 Reply=0 GroupId=11072737 GroupNumber=11072738 ?3 GroupStatus=3 GroupType=1 ?8 GroupOwner=10001 AuthCondition=2 ?6 GroupCategory=9 GroupLimit=100 ?5 GroupVersion=7 GroupName=abc ?2 GroupNotice=hi ?1";
        group_2012::about: "72 00 00a8f4e1 00a8f4e2 000000 02 00000000 00 00002711 01 02 00002712 00 00" => "SubCommand=114 Reply=0 GroupId=11072737 GroupNumber=11072738 ?3 GroupStatus=2 Next=0 ?1 GroupMember: MemberUin=10001 GroupOrganisation=1 GroupRole=2 GroupMember: MemberUin=10002 GroupOrganisation=0 GroupRole=0";
        group_2012::about: "72 00 00a8f4e1 00a8f4e2 000000 02 00000000 00 00002711 01 02 00002712 00" => "no";
        group_2012::about: "72 00 00a8f4e1 00a8f4e2 000000 04" => "no";
        group_2012::about: "72 00 00a8f4e1 00a8f4e2 000001 03" => "no";
        group_2012::about: "72 02 00a8f4e1 00a8f4e2 000000 03" => "no";
        group_2012::receipt: "29 00a8f4e1 02 00000007" => "SubCommand=41 GroupId=11072737 ?1 GroupMessage=7";
        group_2012::receipt: "29 00a8f4e1 02 00000007 00" => "no";
        group_2012::receipt: "29 00a8f4e1 01 00000007" => "no";
        group_2012::message: "00000005 0001 0001 09 00a8f4e1 01 00002711 00000007 44444444 07" => "OptionsLength=5 MessageOptions[5] MessageOption: OptionType=1 OptionValue[1] GroupNumber=11072737 GroupType=1 MemberUin=10001 GroupMessage=7 MessageTime=44444444 ?1";
        group_2012::message: "00000005 0001 0002 09 00a8f4e1 01 00002711 00000007 44444444 07" => "no";
        group_2012::message: "00000000 00a8f4e1 02 00002711 00000007 44444444 07" => "no";
        group_2012::joined: "00000000 00a8f4e1 01 00002711 02 00002712 07" => "OptionsLength=0 GroupNumber=11072737 GroupType=1 MemberUin=10001 JoinKind=2 GroupAdmin=10002 ?1";
        group_2012::joined: "00000000 00a8f4e1 01 00002711 02 00000000 07" => "OptionsLength=0 GroupNumber=11072737 GroupType=1 MemberUin=10001 JoinKind=2 ?4 ?1";
        group_2012::left: "00000000 00a8f4e1 01 00002711 02 07" => "OptionsLength=0 GroupNumber=11072737 GroupType=1 MemberUin=10001 LeftReason=2 ?1";
        group_2012::left: "00000000 00a8f4e1 01 00002711" => "OptionsLength=0 GroupNumber=11072737 GroupType=1 MemberUin=10001";
        group_2012::role: "00000000 00a8f4e1 01 01 00002711 01 07" => "OptionsLength=0 GroupNumber=11072737 GroupType=1 SubAction=1 MemberUin=10001 GroupRole=1 ?1";
        group_2012::notice: "00*4 00000002 00000007 0801 0a05 'hello" => "?4 ProtobufHeadLength=2 ProtobufBodyLength=7 ProtobufHead[2] ProtobufField: ProtobufNumber=1 ProtobufWireType=0 ProtobufInteger=1 ProtobufBody[7] ProtobufField: ProtobufNumber=1 ProtobufWireType=2 NoticeText=hello ProtobufText=hello";
        group_2012::notice: "00*3 01 00000000 00000000" => "no";
        group_2012::other: "00000000 00a8f4e1 01 07" => "OptionsLength=0 GroupNumber=11072737 GroupType=1 ?1";
    }
}
