//! Lists of friends, their folders, names and states.

use crate::oicq::body::tests::values::{reads, DOWN, UP};
use crate::oicq::body::{friends, lists_2012, status};

#[test]
fn friends_and_folders() {
    reads! {
        friends::list, UP: "0032 01 0000" => "Position=50 Sorted=1 ?2";
        friends::list, DOWN: "ffff 00002711 001b 1e 01 05 'Alice 00000002 00002712 001b 1e 00 03 'Bob 00000000" => "Next=65535 Friend: FriendUin=10001 Avatar=27 Age=30 Gender=1 Nickname=Alice UserFlags=2 Friend: FriendUin=10002 Avatar=27 Age=30 Gender=0 Nickname=Bob UserFlags=0";
        friends::list_2009, UP: "02 000000 0032 00" => "SubCommand=2 ?3 Position=50 ?1";
        friends::list_2009, DOWN: "ffff 00002711 001b 1e 01 05 'Alice 00*32" => "Next=65535 Friend: FriendUin=10001 Avatar=27 Age=30 Gender=1 Nickname=Alice ?32";
        friends::folders, UP: "01 00*5 00000032" => "SubCommand=1 ?5 Position=50";
        friends::folders, DOWN: "01 00 00*4 00000032 00002711 01 08 00a8f4e1 04 00" => "SubCommand=1 Reply=0 ?4 Next=50 Friend: FriendUin=10001 EntryType=1 Folder=2 Friend: GroupId=11072737 EntryType=4 Folder=0";
        friends::folder_names, UP: "01 00*5" => "SubCommand=1 ?5";
        friends::folder_names, UP: "02 01 'Work 00*12" => "SubCommand=2 FolderEntry: Folder=1 FolderName=Work";
        friends::folder_names, DOWN: "01 00 00*4 01 'Work 00*12" => "SubCommand=1 Reply=0 ?4 FolderEntry: Folder=1 FolderName=Work";
        friends::folder_names, DOWN: "02 00 01 02" => "SubCommand=2 Reply=0 Folder=1 Folder=2";
        friends::move_to_folders, UP: "00002711 01 00002712 02" => "Friend: FriendUin=10001 Folder=1 Friend: FriendUin=10002 Folder=2";
        friends::move_to_folders, DOWN: "00" => "Reply=0";
        friends::folder_names_2009, UP: "01 00 00000032" => "SubCommand=1 ?1 Position=50";
        friends::folder_names_2009, DOWN: "01 ffffffff 00*3 01 02 04 'Work" => "SubCommand=1 Next=4294967295 ?3 FolderEntry: Folder=1 FolderOrder=2 FolderName=Work";
        friends::remarks, UP: "00 01" => "SubCommand=0 Page=1";
        friends::remarks, UP: "03 00002711 00" => "SubCommand=3 FriendUin=10001 ?1";
        friends::remarks, UP: "01 00002711 00 02 'Al 01 '1 01 '2 02 'Rd 03 'a@b 01 '3 02 'hi" => "SubCommand=1 FriendUin=10001 ?1 Remark=Al Phone=1 Telephone=2 PostalAddress=Rd Mail=a@b PostalCode=3 Memo=hi";
        friends::remarks, UP: "03 000027" => "SubCommand=3 ?3";
        friends::remarks, DOWN: "00 ff 00002711 00 02 'Al 01 '1 01 '2 02 'Rd 03 'a@b 01 '3 02 'hi" => "SubCommand=0 Next=255 Friend: FriendUin=10001 ?1 Remark=Al Phone=1 Telephone=2 PostalAddress=Rd Mail=a@b PostalCode=3 Memo=hi";
        friends::remarks, DOWN: "03 00002711 0000 02 'Al 01 '1 01 '2 02 'Rd 03 'a@b 01 '3 02 'hi" => "SubCommand=3 FriendUin=10001 ?2 Remark=Al Phone=1 Telephone=2 PostalAddress=Rd Mail=a@b PostalCode=3 Memo=hi";
        friends::remarks, DOWN: "01 00" => "SubCommand=1 Reply=0";
        friends::remarks_2009, UP: "68 00 07" => "SubCommand=104 Page=0 ?1";
        friends::remarks_2009, DOWN: "68 00 00002711 02 'Al 00002712 01 'B" => "SubCommand=104 Reply=0 Friend: FriendUin=10001 Remark=Al Friend: FriendUin=10002 Remark=B";
        friends::levels, UP: "02 00002711 00002712" => "SubCommand=2 FriendUin=10001 FriendUin=10002";
        friends::levels, DOWN: "02 00002711 00000064 0005 0007" => "SubCommand=2 Friend: FriendUin=10001 ActiveDays=100 Level=5 RemainingDays=7";
        friends::own_level, UP: "88 00bc614e 00" => "SubCommand=136 FriendUin=12345678 ?1";
        friends::own_level, DOWN: "88 00bc614e 00*3 0005 0064 0000 0007" => "SubCommand=136 FriendUin=12345678 ?3 Level=5 ActiveDays=100 ?2 RemainingDays=7";
        friends::signatures, UP: "01 00 02 'hi" => "SubCommand=1 ?1 Signature=hi";
        friends::signatures, UP: "02" => "SubCommand=2";
        friends::signatures, UP: "03 00 01 00002711 44444444" => "SubCommand=3 ?1 Count=1 Friend: FriendUin=10001 SignatureTime=44444444";
        friends::signatures, UP: "83 00 02 00002711 44444444 00002712 00000000" => "SubCommand=131 ?1 Count=2 Friend: FriendUin=10001 SignatureTime=44444444 Friend: FriendUin=10002 SignatureTime=00000000";
        friends::signatures, DOWN: "83 00 00002712 00002711 44444444 02 'hi" => "SubCommand=131 Reply=0 Next=10002 Friend: FriendUin=10001 SignatureTime=44444444 Signature=hi";
        friends::signatures, DOWN: "01 00" => "SubCommand=1 Reply=0";
        friends::properties, UP: "02 0000 00" => "SubCommand=2 Position=0 ?1";
        friends::properties, DOWN: "02 ffff 04 00002711 40000000" => "SubCommand=2 Next=65535 PropertyLength=4 Friend: FriendUin=10001 PropertyFlags=1073741824";
        friends::properties, DOWN: "02 ffff 02 00002711 4000" => "SubCommand=2 Next=65535 PropertyLength=2 Friend: FriendUin=10001 PropertyBytes[2]";
    }
}

#[test]
fn states() {
    reads! {
        status::change, UP: "0a 00000001" => "Status=10 FakeCamera=1";
        status::change, UP: "0a" => "Status=10";
        status::change, UP: "0a 04d1 00*6 0004 'busy" => "Status=10 StatusVersion=1233 ?6 StatusText=busy";
        status::change, DOWN: "'0" => "Reply=48";
        status::after_login: "01 00 0a 07" => "SubCommand=1 ?1 Status=10 ?1";
        status::after_login: "01 01 0a 07" => "no";
        status::after_login: "01 00 55 07" => "no";
        status::changed: "00002711 00 c0000205 0fa0 00 0a 0f5f 11*16 00000002 00bc614e 00*3" => "FriendUin=10001 ?1 PeerAddress=192.0.2.5 PeerPort=4000 ?1 Status=10 FriendVersion=3935 FriendKey[secret 16] UserFlags=2 OwnUin=12345678 ?3";
        status::changed: "00002711 00 c0000205 0fa0 00 0a 0f5f 11*16 00000002 00bc614e 00*9 0004 'busy" => "FriendUin=10001 ?1 PeerAddress=192.0.2.5 PeerPort=4000 ?1 Status=10 FriendVersion=3935 FriendKey[secret 16] UserFlags=2 OwnUin=12345678 ?9 StatusText=busy";
        status::online, UP: "02 00000032" => "SubCommand=2 Position=50";
        status::online, UP: "02 00000032 00" => "no";
        status::online, UP: "04 00000032" => "no";
    }
}

#[test]
fn lists_since_2012() {
    reads! {
        lists_2012::online: "ff 00002711 01 c0000205 0fa0 00 0a 3420 00*16 00000002 00*7" => "Next=255 Friend: FriendUin=10001 FriendKind=1 PeerAddress=192.0.2.5 PeerPort=4000 ?1 Status=10 FriendVersion=13344 ?16 UserFlags=2 ?7";
        lists_2012::online: "ff" => "Next=255";
        lists_2012::online: "32" => "no";
        lists_2012::online: "ff 00002711 01 c0000205 0fa0 00 0a 3420 00*16 00000002 00*6" => "no";
        lists_2012::online: "ff 00002711 01 c0000205 0fa0 01 0a 3420 00*16 00000002 00*7" => "no";
        lists_2012::online: "ff 00002711 01 c0000205 0fa0 00 55 3420 00*16 00000002 00*7" => "no";
        lists_2012::changed: "00002711 01 c0000205 0fa0 00 0a 3420 00*16 00000002 00bc614e 07" => "FriendUin=10001 FriendKind=1 PeerAddress=192.0.2.5 PeerPort=4000 ?1 Status=10 FriendVersion=13344 ?16 UserFlags=2 OwnUin=12345678 ?1";
        lists_2012::changed: "00002711 01 c0000205 0fa0 00 0a 3420 00*16 00000002 00002711 07" => "no";
        lists_2012::nicknames_request: "03 00*10 01 00002711" => "SubCommand=3 ?10 Count=1 FriendUin=10001";
        lists_2012::nicknames_request: "03 00*10 01 00002711 00" => "no";
        lists_2012::nicknames_request: "03 01 00*9 01 00002711" => "no";
        lists_2012::nicknames: "03 00*10 00000002 00002711 00*4 05 'Alice 00*32 07" => "SubCommand=3 ?10 Next=2 Friend: FriendUin=10001 ?4 Nickname=Alice ?32 ?1";
        lists_2012::nicknames: "03 00*10 00000002 00002711 00*4 00 00*32" => "no";
        lists_2012::nicknames: "03 00*10 00000002 00002711 00*4 02 0102 00*32" => "no";
        lists_2012::everybody_request: "00000001 00000000 000003e8 00" => "ListVersion=1 ServerTime=00000000 ListLimit=1000 ?1";
        lists_2012::everybody_request: "00000001 50000000 000003e8" => "ListVersion=1 ServerTime=50000000 ListLimit=1000";
        lists_2012::everybody_request: "00000001 00000001 000003e8" => "no";
        lists_2012::everybody_request: "00000001 50000000 00000063" => "no";
        lists_2012::everybody_request: "00000001 50000000 00000064" => "ListVersion=1 ServerTime=50000000 ListLimit=100";
        lists_2012::everybody_request: "00000001 50000000 00002710" => "ListVersion=1 ServerTime=50000000 ListLimit=10000";
        lists_2012::everybody_request: "00000001 50000000 00002711" => "no";
        lists_2012::everybody: "000000 00000001 50000000 00*4 00000002 0002 00002711 01 00 00*7 00a8f4e1 04 01 00*7" => "?3 ListVersion=1 ServerTime=50000000 ?4 Position=2 Count=2 Friend: FriendUin=10001 EntryType=1 Folder=0 ?7 Friend: GroupId=11072737 EntryType=4 Folder=1 ?7";
        lists_2012::everybody: "000000 00000001 50000000 00*4 00000002 0001 00002711 02 00 00*7" => "no";
        lists_2012::everybody: "000000 00000001 50000000 00*4 00000002 0001 00002711 01 00 00*6" => "no";
        lists_2012::everybody: "010000 00000001 50000000 00*4 00000002 0000" => "no";
        lists_2012::folders_request: "20 00 00000000 00*3" => "SubCommand=32 ?1 Position=0 ?3";
        lists_2012::folders_request: "20 00 00000000 00*4" => "no";
        lists_2012::folders: "20 0001 02 00000007 0101 02 0007 01 02 04 'Work 0003 02 01 00 0000" => "SubCommand=32 ?2 Count=2 ListVersion=7 ?2 Count=2 FolderEntry: Folder=1 FolderOrder=2 FolderName=Work FolderEntry: Folder=2 FolderOrder=1 FolderName= ?2";
        lists_2012::folders: "20 0001 01 00000007 0101 02 0003 02 01 00 0000" => "no";
        lists_2012::folders: "20 0001 01 00000007 0101 01 0004 02 01 00 00 0000" => "no";
        lists_2012::folders: "20 0001 01 00000007 0101 01 0003 02 01 00 0001" => "no";
        lists_2012::folders: "20 0002 01 00000007 0101 01 0003 02 01 00 0000" => "no";
        lists_2012::categories: "070809 01 00000007 0101 01 0003 02 01 00 0000" => "?3 Count=1 ListVersion=7 ?2 Count=1 FolderEntry: Folder=2 FolderOrder=1 FolderName= ?2";
        lists_2012::categories: "01 00000007 0101 01 0003 02 01 01 01 00000007 0101 01 0003 02 01 00 0000" => "?13 Count=1 ListVersion=7 ?2 Count=1 FolderEntry: Folder=2 FolderOrder=1 FolderName= ?2";
        lists_2012::categories: "070809 00 00000007 0101 00 0000" => "no";
        lists_2012::profile_request: "0001 00002711 00*22 02 4e22 4e35" => "?2 FriendUin=10001 ?22 Count=2 ProfileTag=20002 ProfileTag=20021";
        lists_2012::profile_request: "0001 00002711 00*22 02 4e22 4e35 00" => "no";
        lists_2012::profile_request: "0002 00002711 00*22 00" => "no";
    }
}
